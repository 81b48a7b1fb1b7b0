# list needs no key.
--- command
cccd-chip --lang en list --can 000001
--- stdout
--- stderr
cccd-chip: a key goes with read, in the place of records, and with watch --read
For help: cccd-chip --help
--- status
2
