# The scripts of fixes are sound shell, in both languages.
--- skip-unless command -v shellcheck
--- command
shellcheck -s sh "$CCCD_TOP"/tests/data/doctor/*.sh && echo sound
--- stdout
sound
