# What is read is one format.
--- command
cccd-chip read --format ndjson
--- stderr contains
--format goes with list, bench and doctor
--- status
2
