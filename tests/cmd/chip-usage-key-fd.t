# A descriptor is a number.
--- command
cccd-chip --lang en read --key-fd x
--- stdout
--- stderr
cccd-chip: --key-fd takes the number of a descriptor
For help: cccd-chip --help
--- status
2
