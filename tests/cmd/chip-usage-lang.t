# One language at a time.
--- command
cccd-chip --lang en --lang vi list
--- stdout
--- stderr
cccd-chip: the option is given twice: --lang
For help: cccd-chip --help
--- status
2
