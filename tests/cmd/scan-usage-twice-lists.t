# Wrong usage is told on stderr, with the way to the help; nothing is read or written.
--- command
cccd-scan --files-from a -0 b
--- stdout
--- stderr
cccd-scan: --files-from and --files0-from exclude each other
For help: cccd-scan --help
--- status
2
