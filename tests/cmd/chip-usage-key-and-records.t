# A key stands in the place of records.
--- command
cccd-chip --lang en read --can 000001 records
--- stdout
--- stderr
cccd-chip: a key goes with read, in the place of records, and with watch --read
For help: cccd-chip --help
--- status
2
