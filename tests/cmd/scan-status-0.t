# Every page has a card.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan front.jpg turned.jpg two-cards.png office.tif >/dev/null
--- stdout
