# Each verb has its formats.
--- command
cccd-chip list --format text
--- stderr contains
list is written as table or ndjson
--- status
2
