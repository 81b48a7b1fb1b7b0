# A file of records that is not there; the others are read.
--- command
cccd-chip --lang en read nosuchfile - </dev/null
--- stdout
--- stderr
cccd-chip: nosuchfile: No such file or directory
--- status
3
