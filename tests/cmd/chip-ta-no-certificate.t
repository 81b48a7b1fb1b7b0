# What is no certificate is told before a card is asked for.
--- command
echo nothing >chain; echo nothing >key; chmod 600 key; echo 000001 | cccd-chip --lang en read -k - --ta-chain chain --ta-key key
--- stdout
--- stderr
cccd-chip: chain: that is no card verifiable certificate
--- status
2
