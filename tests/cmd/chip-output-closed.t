# A reader that went away knows it.
--- command
mkdir e; echo '{"v":1,"files":[]}' >e/manifest.json; { sleep 0.2; cccd-chip dump e; echo $? >&2; } | :
--- stderr
4
