# Larger files than are allowed are not read.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan --max-bytes 2299 menu.png; cccd-scan --max-bytes 2298 menu.png; cccd-scan --max-bytes 2298 - <menu.png; cat menu.png | cccd-scan --max-bytes 2298 -
--- stdout json
{"v": 1, "source": {"path": "menu.png", "!page": 0}, "image": {"format": "png"}, "symbol": {"kind": "other", "text": "https://example.org/menu?table=12", "encoding": "utf-8"}, "!error": 0}
{"v": 1, "source": {"path": "menu.png"}, "error": {"code": "too_large"}, "!symbol": 0}
{"v": 1, "source": {}, "error": {"code": "too_large"}}
{"v": 1, "source": {}, "error": {"code": "too_large"}}
--- status
3
