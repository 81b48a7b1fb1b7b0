# Certificates are for reading.
--- command
cccd-chip --lang en list --ta-chain chain --ta-key key
--- stdout
--- stderr
cccd-chip: options for reading go with read, and with watch --read
For help: cccd-chip --help
--- status
2
