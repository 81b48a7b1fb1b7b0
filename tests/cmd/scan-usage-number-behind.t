# Wrong usage is told on stderr, with the way to the help; nothing is read or written.
--- command
cccd-scan --max-pixels 10Mx a
--- stdout
--- stderr
cccd-scan: the option takes another number: 10Mx
For help: cccd-scan --help
--- status
2
