# watch takes no files.
--- command
cccd-chip --lang en watch file
--- stdout
--- stderr
cccd-chip: list and watch take no files
For help: cccd-chip --help
--- status
2
