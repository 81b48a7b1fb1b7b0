# The completions know every option and the values it may have.
--- command
for shell in bash zsh fish; do cccd-chip --completion $shell >c; for word in $(cccd-chip --help | grep -oE '^  (-., |    )--[a-z0-9-]+' | grep -oE '[a-z0-9]+[a-z0-9-]+$') pace bac; do grep -qe $word c || echo $shell: no $word; done; done; cccd-chip --completion bash | bash -n
--- stdout
