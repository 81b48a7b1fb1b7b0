# Of fingerprints no recording is made.
--- command
cccd-chip --lang en read --ta-chain chain --ta-key key --record file
--- stdout
--- stderr
cccd-chip: --ta-chain and --record exclude each other
For help: cccd-chip --help
--- status
2
