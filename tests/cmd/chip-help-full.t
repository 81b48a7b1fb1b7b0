# Help that cannot be written is no success.
--- command
cccd-chip --help >/dev/full
--- stderr
cccd-chip: the output: No space left on device
--- status
4
