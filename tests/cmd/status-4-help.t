# Also the help cannot vanish unseen.
--- command
cccd-parse --help >/dev/full
--- stderr
cccd-parse: the output: No space left on device
--- status
4
