# A part of a zone is none.
--- command
cccd-chip --lang en read --mrz IDVNM
--- stdout
--- stderr
cccd-chip: --mrz: others on this computer can see the key; --key-file hides it
cccd-chip: that is no 12-digit number, CAN or machine-readable zone
For help: cccd-chip --help
--- status
2
