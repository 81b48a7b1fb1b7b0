# A picture without a QR code.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan front.jpg no-symbol.jpg turned.jpg
--- env
LANGUAGE=en
--- stdout json
{"v": 1, "source": {"path": "front.jpg", "!page": 0}, "image": {"format": "jpeg"}, "symbol": {"kind": "cccd", "text": "004163091612|815716371|Sùng Trọng Tuấn|10081963|Nữ|Cụm 10, Ảng Nưa, Cẩm Phả, Hải Phòng|11092021", "encoding": "utf-8"}, "!error": 0}
{"v": 1, "source": {"path": "no-symbol.jpg"}, "image": {"format": "jpeg", "width": 640, "height": 480}, "error": {"code": "no_symbol", "message": "no QR code was found"}, "!symbol": 0}
{"v": 1, "source": {"path": "turned.jpg", "!page": 0}, "image": {"format": "jpeg"}, "symbol": {"kind": "cccd", "text": "022312090680|292891331|Đường Thế Trúc|12062012|Nữ|Hẻm 12/873 Cà Minh, Nèm Nghệnh, Phụng Hiệp, Ninh Bình|06042026||||", "encoding": "utf-8"}, "!error": 0}
--- status
1
