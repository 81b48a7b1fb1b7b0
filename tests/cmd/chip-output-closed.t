# A reader that went away knows it.
--- command
mkdir e; echo '{"v":1,"time":"2026-01-02T03:04:05Z","reader":"Sample reader","files":[]}' >e/manifest.json; { sleep 0.2; cccd-chip dump e; echo $? >&2; } | :
--- stderr
4
