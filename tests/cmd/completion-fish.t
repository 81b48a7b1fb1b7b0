# The completion for fish is a script that it can read and knows the options.
--- skip-unless command -v fish
--- command
cccd-parse --completion fish >c && fish -n c && grep -c -- 'files0-from' c | grep -c '^[1-9]'
--- stdout
1
