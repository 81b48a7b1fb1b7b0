# No input is no line, and all is well.
--- command
cccd-parse
--- stdin
--- stdout
