# The record beside a symbol is the key as well: what cccd-scan and cccd-parse wrote goes in as it is.
--- command
cccd-scan "$CCCD_TOP/tests/data/scan/qr-only.png" | cccd-parse | cccd-chip read -r replay:nothing
--- stdout json
{"v": 1, "image": {}, "symbol": {"kind": "cccd"}, "record": {"id": "001090000001"}, "chip": {"error": {"code": "recording_unreadable"}}}
--- stderr contains
001090000001
--- status
4
