# An option stands once.
--- command
cccd-chip --lang en read --can 000001 --can 000002
--- stdout
--- stderr
cccd-chip: the option is given twice: --can
For help: cccd-chip --help
--- status
2
