# A key file that holds no key; what stands in it is not repeated.
--- command
cccd-chip --lang en read -k key
--- file key
12345
--- stdout
--- stderr
cccd-chip: that is no 12-digit number, CAN or machine-readable zone
For help: cccd-chip --help
--- status
2
