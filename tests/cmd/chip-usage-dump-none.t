# dump needs a folder.
--- command
cccd-chip --lang en dump
--- stdout
--- stderr
cccd-chip: dump takes one evidence folder
For help: cccd-chip --help
--- status
2
