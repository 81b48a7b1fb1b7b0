# Evidence is not laid over what is there.
--- command
mkdir e; touch e/f; printf 000001 | cccd-chip --lang en read -k - -o e
--- stdout
--- stderr
cccd-chip: e: Directory not empty
--- status
4
