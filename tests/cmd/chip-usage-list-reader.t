# All readers are listed.
--- command
cccd-chip list --reader 1
--- stderr contains
options for reading go with read
--- status
2
