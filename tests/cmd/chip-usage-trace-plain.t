# --trace-plain says how --trace writes.
--- command
cccd-chip --lang en read --can 000001 --trace-plain
--- stdout
--- stderr
cccd-chip: --trace-plain goes with --trace
For help: cccd-chip --help
--- status
2
