# Terminal Authentication follows on the chip's.
--- command
cccd-chip --lang en read --ta-chain chain --ta-key key --no-proofs
--- stdout
--- stderr
cccd-chip: --ta-chain needs the chip's proof: it does not go with --no-proofs
For help: cccd-chip --help
--- status
2
