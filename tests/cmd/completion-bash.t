# The completion for bash is a script that it can read and knows the options.
--- skip-unless command -v bash
--- command
cccd-parse --completion bash >c && bash -n c && grep -c -- 'files0-from' c | grep -c '^[1-9]'
--- stdout
1
