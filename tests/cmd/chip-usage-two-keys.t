# One key is enough.
--- command
cccd-chip --lang en read --can 000001 -k key
--- stdout
--- stderr
cccd-chip: one key is enough: --key-file, --key-fd, --can and --mrz exclude each other
For help: cccd-chip --help
--- status
2
