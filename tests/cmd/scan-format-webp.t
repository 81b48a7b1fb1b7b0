# A photo.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan back.webp
--- stdout json
{"v": 1, "source": {"path": "back.webp", "!page": 0}, "image": {"format": "webp", "width": 880, "height": 660}, "symbol": {"kind": "cccd", "text": "004066158509|634030281|Đặng Diệu Nghệ|23041966|Nam|Làng Niêng, Hồng Gai, Krông Năng, Quảng Trị|15102026||||", "encoding": "utf-8"}, "!error": 0}
