# Whatever its name says.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan no-image.jpg README.md
--- stdout json
{"v": 1, "source": {"path": "no-image.jpg"}, "image": {"format": "unknown", "!width": 0}, "error": {"code": "format_unknown"}, "!symbol": 0}
{"v": 1, "source": {"path": "README.md"}, "image": {"format": "unknown"}, "error": {"code": "format_unknown"}, "!symbol": 0}
--- status
3
