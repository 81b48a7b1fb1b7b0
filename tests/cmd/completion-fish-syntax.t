# fish can read its completion.
--- skip-unless command -v fish
--- command
cccd-parse --completion fish >c && fish --no-execute c
--- stdout
