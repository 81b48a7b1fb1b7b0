# No records at all.
--- command
cccd-chip read </dev/null
--- stdout
