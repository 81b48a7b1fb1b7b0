# A key file is not longer than a key can be.
--- command
head -c 100000 /dev/zero | tr '\0' 1 >key; cccd-chip --lang en read -k key
--- stdout
--- stderr
cccd-chip: key: File too large
--- status
2
