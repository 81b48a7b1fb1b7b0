# The version.
--- command
cccd-parse --version | head -1
--- stdout matches
cccd-parse .*[0-9]+\.[0-9]+\.[0-9]+.*
