# Not less often than never.
--- command
cccd-chip --lang en read --can 000001 --retries -1
--- stdout
--- stderr
cccd-chip: the option takes a number in this range: --retries 0-1000
For help: cccd-chip --help
--- status
2
