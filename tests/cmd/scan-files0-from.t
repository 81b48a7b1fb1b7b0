# Names from a list, each ended by a zero byte; names may hold anything.
--- command
mkdir d; cp "$CCCD_TOP/tests/data/scan/menu.png" $'d/new\nline'; cp d/* $'d/bad\xff\\.png'; find d -type f -print0 | sort -z | cccd-scan -0 -
--- stdout json
{"v": 1, "source": {"path": "d/bad\\xFF\\\\.png", "path_escaped": true}, "symbol": {"kind": "other"}}
{"v": 1, "source": {"path": "d/new\nline", "!path_escaped": 0}, "symbol": {"kind": "other"}}
--- status
1
