# Wrong usage is told on stderr, with the way to the help; nothing is read or written.
--- command
cccd-scan --max-pixels 5G a
--- stdout
--- stderr
cccd-scan: the option takes a number in this range: --max-pixels 1-4000000000
For help: cccd-scan --help
--- status
2
