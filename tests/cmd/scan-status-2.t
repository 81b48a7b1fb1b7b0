# Wrong usage.
--- command
cccd-scan
--- stdout
--- stderr
cccd-scan: name a file, a folder, or - for standard input
For help: cccd-scan --help
--- status
2
