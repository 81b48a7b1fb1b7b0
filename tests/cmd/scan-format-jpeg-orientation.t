# Stored sideways: size and corners are those of the picture as it is stored.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan turned.jpg
--- stdout json
{"v": 1, "source": {"path": "turned.jpg", "!page": 0}, "image": {"format": "jpeg", "width": 660, "height": 880, "orientation": 6}, "symbol": {"kind": "cccd", "text": "022312090680|292891331|Đường Thế Trúc|12062012|Nữ|Hẻm 12/873 Cà Minh, Nèm Nghệnh, Phụng Hiệp, Ninh Bình|06042026||||", "encoding": "utf-8"}, "!error": 0}
