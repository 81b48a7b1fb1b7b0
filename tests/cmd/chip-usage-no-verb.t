# Without a verb nothing is done.
--- command
cccd-chip --lang en 
--- stdout
--- stderr
cccd-chip: say what to do: list, read, watch, dump, doctor or bench
For help: cccd-chip --help
--- status
2
