# Wrong usage is told on stderr, with the way to the help; nothing is read or written.
--- command
cccd-scan --rec a
--- stdout
--- stderr
cccd-scan: there is no such option: --rec
For help: cccd-scan --help
--- status
2
