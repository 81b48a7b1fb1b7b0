# watch keeps nothing.
--- command
cccd-chip --lang en watch --read --can 000001 -o folder
--- stdout
--- stderr
cccd-chip: --out goes with read
For help: cccd-chip --help
--- status
2
