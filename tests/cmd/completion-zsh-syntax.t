# zsh can read its completion.
--- skip-unless command -v zsh
--- command
cccd-parse --completion zsh >c && zsh -n c
--- stdout
