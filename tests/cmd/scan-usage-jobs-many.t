# Wrong usage is told on stderr, with the way to the help; nothing is read or written.
--- command
cccd-scan -j 257 a
--- stdout
--- stderr
cccd-scan: the option takes a number in this range: --jobs 1-256
For help: cccd-scan --help
--- status
2
