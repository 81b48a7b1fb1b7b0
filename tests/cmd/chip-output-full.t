# A full disk is told once, also where there is nothing else to tell.
--- command
mkdir e; echo '{"v":1,"time":"2026-01-02T03:04:05Z","reader":"Sample reader","files":[]}' >e/manifest.json; cccd-chip --lang en dump e >/dev/full
--- stderr
cccd-chip: the output: No space left on device
--- status
4
