# The worst wins: 3 over 1.
--- command
cccd-parse x none >/dev/null
--- file x
x
--- stderr
cccd-parse: none: No such file or directory
--- status
3
