# watch needs a key only to read.
--- command
cccd-chip --lang en watch --can 000001
--- stdout
--- stderr
cccd-chip: a key goes with read, in the place of records, and with watch --read
For help: cccd-chip --help
--- status
2
