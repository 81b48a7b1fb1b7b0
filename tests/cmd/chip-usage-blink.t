# Which reader's light is to be named.
--- command
cccd-chip list --blink
--- stderr contains
--blink goes with list and --reader
--- status
2
