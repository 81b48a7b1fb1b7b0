# A file that there is not.
--- command
cccd-chip --lang en read --can 000001 -f DG1,DG17
--- stdout
--- stderr
cccd-chip: --files names a file that no chip has (DG1 to DG16, COM, SOD): DG1,DG17
For help: cccd-chip --help
--- status
2
