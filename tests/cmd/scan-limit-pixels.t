# More pixels than are allowed are refused by the header.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan --max-pixels 27556 menu.png; cccd-scan --max-pixels 27555 menu.png; cccd-scan --max-pixels 1M two-cards.png
--- stdout json
{"v": 1, "source": {"path": "menu.png", "!page": 0}, "image": {"format": "png"}, "symbol": {"kind": "other", "text": "https://example.org/menu?table=12", "encoding": "utf-8"}, "!error": 0}
{"v": 1, "source": {"path": "menu.png"}, "image": {"format": "png"}, "error": {"code": "too_large"}, "!symbol": 0}
{"v": 1, "source": {"path": "two-cards.png"}, "image": {"format": "png"}, "error": {"code": "too_large"}, "!symbol": 0}
--- status
3
