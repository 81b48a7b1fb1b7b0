# What an earlier output has errors of is scanned again, and nothing else.
--- command
cd "$CCCD_TOP/tests/data/scan"; cp no-image.jpg front.jpg "$TMPDIR"; cd "$TMPDIR"; cccd-scan front.jpg no-image.jpg none >out; cp front.jpg none; cccd-scan --retry-failed out
--- stdout json
{"v": 1, "source": {"path": "no-image.jpg"}, "error": {"code": "format_unknown"}, "!symbol": 0}
{"v": 1, "source": {"path": "none", "!page": 0}, "image": {"format": "jpeg"}, "symbol": {"kind": "cccd", "text": "004163091612|815716371|Sùng Trọng Tuấn|10081963|Nữ|Cụm 10, Ảng Nưa, Cẩm Phả, Hải Phòng|11092021", "encoding": "utf-8"}, "!error": 0}
--- status
3
