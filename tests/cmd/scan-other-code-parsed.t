# What cccd-scan calls another code, cccd-parse calls no card.
--- command
cd "$CCCD_TOP/tests/data/scan"; set -o pipefail; cccd-scan menu.png | cccd-parse
--- stdout json
{"v": 1, "source": {"path": "menu.png"}, "image": {"format": "png"}, "symbol": {"kind": "other", "text": "https://example.org/menu?table=12"}, "error": {"code": "not_a_card"}, "!record": 0}
--- status
1
