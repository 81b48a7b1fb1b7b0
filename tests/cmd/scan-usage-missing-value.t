# Wrong usage is told on stderr, with the way to the help; nothing is read or written.
--- command
cccd-scan --budget
--- stdout
--- stderr
cccd-scan: the option needs a value: --budget
For help: cccd-scan --help
--- status
2
