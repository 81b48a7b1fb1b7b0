# Wrong usage is told on stderr, with the way to the help; nothing is read or written.
--- command
cccd-scan --no-such-option
--- stdout
--- stderr
cccd-scan: there is no such option: --no-such-option
For help: cccd-scan --help
--- status
2
