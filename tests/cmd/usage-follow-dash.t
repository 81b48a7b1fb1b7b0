--- command
cccd-parse --follow -
--- stderr
cccd-parse: --follow needs the path of a device, a FIFO or a file
For help: cccd-parse --help
--- status
2
