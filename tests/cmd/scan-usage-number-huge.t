# Wrong usage is told on stderr, with the way to the help; nothing is read or written.
--- command
cccd-scan --budget 99999999999999999999 a
--- stdout
--- stderr
cccd-scan: the option takes a number in this range: --budget 1-3600000
For help: cccd-scan --help
--- status
2
