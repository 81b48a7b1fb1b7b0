# Beside a card, other codes are kept only when they are asked for.
--- command
cd "$CCCD_TOP/tests/data/scan"; for f in front.jpg menu.png; do cccd-scan --all $f | grep -o '"kind":"[a-z]*"'; done
--- stdout
"kind":"cccd"
"kind":"other"
