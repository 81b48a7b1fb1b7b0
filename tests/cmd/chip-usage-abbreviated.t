# Options are not abbreviated.
--- command
cccd-chip --lang en read --key file
--- stdout
--- stderr
cccd-chip: there is no such option: --key
For help: cccd-chip --help
--- status
2
