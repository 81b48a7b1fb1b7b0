# A list of nothing.
--- command
cccd-chip --lang en read --can 000001 -f ''
--- stdout
--- stderr
cccd-chip: --files names a file that no chip has (DG1 to DG16, COM, SOD): 
For help: cccd-chip --help
--- status
2
