# Empty lines are passed over.
--- command
printf '\n  \n\r\n' | cccd-chip read
--- stdout
