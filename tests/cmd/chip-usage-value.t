# An option that takes none.
--- command
cccd-chip --lang en read --short=yes
--- stdout
--- stderr
cccd-chip: the option takes no value: --short=yes
For help: cccd-chip --help
--- status
2
