# Wrong usage is told on stderr, with the way to the help; nothing is read or written.
--- command
cccd-scan --stream --files-from a
--- stdout
--- stderr
cccd-scan: --watch, --stream and --retry-failed take the place of files
For help: cccd-scan --help
--- status
2
