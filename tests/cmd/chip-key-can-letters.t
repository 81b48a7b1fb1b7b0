# A CAN has digits only.
--- command
cccd-chip --lang en read --can 00000x
--- stdout
--- stderr
cccd-chip: --can: others on this computer can see the key; --key-file hides it
cccd-chip: that is no 12-digit number, CAN or machine-readable zone
For help: cccd-chip --help
--- status
2
