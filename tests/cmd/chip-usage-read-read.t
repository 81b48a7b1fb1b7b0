# read reads anyway.
--- command
cccd-chip --lang en read --read --can 000001
--- stdout
--- stderr
cccd-chip: --read goes with watch
For help: cccd-chip --help
--- status
2
