# The help names every option, is no wider than a screen, and wins over everything else.
--- command
cccd-chip --read -h nosuchverb >h; awk 'length > 80' h; grep -oE '^  (-., |    )--[a-z0-9-]+' h | grep -oE -- '--.*' | tr '\n' ' '; head -1 h
--- stdout
--reader --wait --key-file --key-fd --can --mrz --access --files --out --short --no-proofs --ta-chain --ta-key --retries --last-tries --read --trace --trace-plain --record --format --seconds --blink --report --fix-script --sysroot --lang --help --version --list-codes --list-checks Usage: cccd-chip list|read|watch|dump|doctor|bench [OPTION]... [FILE|FOLDER]...
