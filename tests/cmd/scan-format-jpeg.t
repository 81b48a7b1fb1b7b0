# A photo.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan front.jpg
--- stdout json
{"v": 1, "source": {"path": "front.jpg", "!page": 0}, "image": {"format": "jpeg", "width": 880, "height": 660, "!orientation": 0, "!truncated": 0}, "symbol": {"kind": "cccd", "text": "004163091612|815716371|Sùng Trọng Tuấn|10081963|Nữ|Cụm 10, Ảng Nưa, Cẩm Phả, Hải Phòng|11092021", "encoding": "utf-8"}, "!error": 0}
