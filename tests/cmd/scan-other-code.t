# A QR code that is no card is written where there is no card, and said to be another.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan menu.png
--- stdout json
{"v": 1, "source": {"path": "menu.png", "!page": 0}, "image": {"format": "png", "width": 166, "height": 166}, "symbol": {"kind": "other", "text": "https://example.org/menu?table=12", "encoding": "utf-8"}, "!error": 0}
--- status
1
