# A list takes no time.
--- command
cccd-chip list --seconds 1
--- stderr contains
--seconds goes with bench
--- status
2
