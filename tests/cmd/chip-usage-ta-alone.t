# Certificates without their key.
--- command
cccd-chip --lang en read --ta-chain chain
--- stdout
--- stderr
cccd-chip: --ta-chain and --ta-key go together
For help: cccd-chip --help
--- status
2
