# A measurement opens nothing.
--- command
cccd-chip bench --can 000001
--- stderr contains
a key goes with read
--- status
2
