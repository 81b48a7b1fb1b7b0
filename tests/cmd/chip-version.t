# The version is that of the whole package.
--- command
cccd-chip --version | sed 's/^cccd-chip/cccd-parse/' >a; cccd-parse --version >b; cmp a b && head -c 10 a
--- stdout escaped
cccd-parse
