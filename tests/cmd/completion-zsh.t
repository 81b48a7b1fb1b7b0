# The completion for zsh is a script that it can read and knows the options.
--- skip-unless command -v zsh
--- command
cccd-parse --completion zsh >c && zsh -n c && grep -c -- 'files0-from' c | grep -c '^[1-9]'
--- stdout
1
