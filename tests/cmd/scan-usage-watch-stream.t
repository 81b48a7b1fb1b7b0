# Wrong usage is told on stderr, with the way to the help; nothing is read or written.
--- command
cccd-scan --watch . --stream
--- stdout
--- stderr
cccd-scan: --watch, --stream and --retry-failed exclude each other
For help: cccd-scan --help
--- status
2
