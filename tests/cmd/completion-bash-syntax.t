# bash can read its completion.
--- skip-unless command -v bash
--- command
cccd-parse --completion bash >c && bash -n c
--- stdout
