# The help names every option, is no wider than a screen, and wins over everything else.
--- command
cccd-parse --strict -h nosuchfile >h; awk 'length > 80' h; grep -oE '^  (-., |    )--[a-z0-9-]+' h | grep -oE -- '--.*' | tr '\n' ' '; head -1 h
--- stdout
--format --fields --headings --bom --mask --strict --stats --null --files0-from --follow --baud --scanner --jobs --flush --wait --tried --learn --color --lang --help --version --list-codes Usage: cccd-parse [OPTION]... [FILE]... | doctor [DEVICE|FILE|-]
