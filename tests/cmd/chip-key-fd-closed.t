# A descriptor that nobody opened.
--- command
cccd-chip --lang en read --key-fd 9 9<&-
--- stdout
--- stderr
cccd-chip: --key-fd: Bad file descriptor
--- status
2
