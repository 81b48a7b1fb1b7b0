# The scripts of fixes are sound shell, in both languages.
--- command
shellcheck -s sh "$CCCD_TOP"/tests/data/doctor/*.sh && echo sound
--- skip-unless shellcheck
command -v shellcheck
--- stdout
sound
