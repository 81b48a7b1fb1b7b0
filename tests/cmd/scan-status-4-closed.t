# A standard output that is closed.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan front.jpg >&-
--- stdout
--- stderr
cccd-scan: the output: Bad file descriptor
--- status
4
