# A CAN has six digits or more.
--- command
cccd-chip --lang en read --can 00001
--- stdout
--- stderr
cccd-chip: --can: others on this computer can see the key; --key-file hides it
cccd-chip: that is no 12-digit number, CAN or machine-readable zone
For help: cccd-chip --help
--- status
2
