# Wrong usage is told on stderr, with the way to the help; nothing is read or written.
--- command
cccd-scan --stream --resume a
--- stdout
--- stderr
cccd-scan: --resume goes with files and --watch
For help: cccd-scan --help
--- status
2
