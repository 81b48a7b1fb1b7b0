# A key file that is not there.
--- command
cccd-chip --lang en read -k nosuchfile
--- stdout
--- stderr
cccd-chip: nosuchfile: No such file or directory
--- status
2
