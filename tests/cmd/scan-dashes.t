# A name that begins with a dash.
--- command
cp "$CCCD_TOP/tests/data/scan/menu.png" ./-r; cccd-scan -- -r
--- stdout json
{"v": 1, "source": {"path": "-r"}, "symbol": {"kind": "other"}}
--- status
1
