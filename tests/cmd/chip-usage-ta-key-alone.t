# A key without certificates.
--- command
cccd-chip --lang en watch --read --can 000001 --ta-key key
--- stdout
--- stderr
cccd-chip: --ta-chain and --ta-key go together
For help: cccd-chip --help
--- status
2
