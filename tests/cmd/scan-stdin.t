# A picture on standard input has no path.
--- command
cccd-scan - <"$CCCD_TOP/tests/data/scan/menu.png"; cat "$CCCD_TOP/tests/data/scan/menu.png" | cccd-scan -
--- stdout json
{"v": 1, "source": {"!path": 0}, "image": {"format": "png"}, "symbol": {"text": "https://example.org/menu?table=12"}}
{"v": 1, "source": {"!path": 0}, "image": {"format": "png"}, "symbol": {"text": "https://example.org/menu?table=12"}}
--- status
1
