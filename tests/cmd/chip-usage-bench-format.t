# Each verb has its formats.
--- command
cccd-chip bench --format table
--- stderr contains
bench as text or ndjson
--- status
2
