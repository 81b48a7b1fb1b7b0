# A full disk is told once, also where there is nothing else to tell.
--- command
mkdir e; echo '{"v":1,"files":[]}' >e/manifest.json; cccd-chip --lang en dump e >/dev/full
--- stderr
cccd-chip: the output: No space left on device
--- status
4
