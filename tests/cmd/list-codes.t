# Every code: its kind, its grade, and a sentence; no code twice.
--- command
cccd-parse --list-codes | awk -F'\t' 'NF != 4 || $1 !~ /^[a-z0-9_-]+$/ || $2 !~ /^(error|problem|repair|finding)$/ || ($2 != "repair" && $4 == "") { print }'; cccd-parse --list-codes | cut -f1 | sort | uniq -d
--- stdout
