# dump takes one folder at a time.
--- command
cccd-chip --lang en dump a b
--- stdout
--- stderr
cccd-chip: dump takes one evidence folder
For help: cccd-chip --help
--- status
2
