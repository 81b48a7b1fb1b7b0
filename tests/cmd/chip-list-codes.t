# Every code: kind, class and a sentence; no code twice; the sentence in the language that is asked for.
--- command
cccd-chip --list-codes | awk -F'\t' 'NF != 4 || $1 !~ /^[a-z0-9_]+$/ || $2 != "error" || $3 !~ /^(failed|negative|unreadable|none)$/ || $4 == "" { print }'; cccd-chip --list-codes | cut -f1 | sort | uniq -d; cccd-chip --list-codes --lang vi | cut -f1 | cmp - <(cccd-chip --list-codes --lang en | cut -f1); cccd-chip --list-codes --lang en | grep -P '^(key_wrong|no_service|not_genuine)\t'
--- stdout escaped
no_service\terror\tfailed\tthe smart card service (pcscd) is not running\n\
key_wrong\terror\tnegative\tthe key does not belong to this card\n\
not_genuine\terror\tnegative\tthe chip could not prove that it is genuine: it may be a copy\n
