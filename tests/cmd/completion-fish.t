# The completion for fish knows every option and the values it may have; only those.
--- command
cccd-parse --completion fish >c; for word in $(cccd-parse --help | grep -oE '^  (-., |    )--[a-z0-9-]+' | grep -oE '[a-z0-9]+[a-z0-9-]+$') ndjson never; do grep -qe $word c || echo no $word; done; grep -c xml c
--- stdout
0
--- status
1
