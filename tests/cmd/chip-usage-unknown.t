# An option that there is not.
--- command
cccd-chip --lang en read --pin 1
--- stdout
--- stderr
cccd-chip: there is no such option: --pin
For help: cccd-chip --help
--- status
2
