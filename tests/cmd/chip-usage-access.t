# There are two protocols.
--- command
cccd-chip --lang en read -a eac --can 000001
--- stdout
--- stderr
cccd-chip: the option takes one of these values: --access pace|bac
For help: cccd-chip --help
--- status
2
