# The time has bounds, and an end.
--- command
cccd-chip bench --seconds 0
--- stderr contains
--seconds 1-86400
--- status
2
