# A list that is not there.
--- command
cccd-parse --files0-from none
--- stdout
--- stderr
cccd-parse: none: No such file or directory
--- status
4
