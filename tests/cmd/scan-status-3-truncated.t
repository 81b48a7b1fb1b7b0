# A file that is cut off, and what follows it.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan cut-short.jpg front.jpg
--- stdout json
{"v": 1, "source": {"path": "cut-short.jpg"}, "image": {"format": "jpeg"}, "error": {"code": "truncated"}, "!symbol": 0}
{"v": 1, "source": {"path": "front.jpg", "!page": 0}, "image": {"format": "jpeg"}, "symbol": {"kind": "cccd", "text": "004163091612|815716371|Sùng Trọng Tuấn|10081963|Nữ|Cụm 10, Ảng Nưa, Cẩm Phả, Hải Phòng|11092021", "encoding": "utf-8"}, "!error": 0}
--- status
3
