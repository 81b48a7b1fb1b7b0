# A day at most.
--- command
cccd-chip --lang en read --can 000001 --wait=86401
--- stdout
--- stderr
cccd-chip: the option takes a number in this range: --wait 0-86400
For help: cccd-chip --help
--- status
2
