# A verb that there is not.
--- command
cccd-chip --lang en reed
--- stdout
--- stderr
cccd-chip: say what to do: list, read, watch, dump, doctor or bench
For help: cccd-chip --help
--- status
2
