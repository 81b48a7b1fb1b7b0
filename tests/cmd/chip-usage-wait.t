# A number of seconds.
--- command
cccd-chip --lang en read --can 000001 --wait=2s
--- stdout
--- stderr
cccd-chip: the option takes a number in this range: --wait 0-86400
For help: cccd-chip --help
--- status
2
