# A full disk is told once.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan front.jpg menu.png >/dev/full
--- stdout
--- stderr
cccd-scan: the output: No space left on device
--- status
4
