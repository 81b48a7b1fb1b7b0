# To read, watch needs a key.
--- command
cccd-chip --lang en watch --read
--- stdout
--- stderr
cccd-chip: watch --read needs a key: --key-file, --key-fd, --can or --mrz
For help: cccd-chip --help
--- status
2
