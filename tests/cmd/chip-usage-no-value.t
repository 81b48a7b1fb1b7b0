# An option without its value.
--- command
cccd-chip --lang en read --can
--- stdout
--- stderr
cccd-chip: the option needs a value: --can
For help: cccd-chip --help
--- status
2
