# Names from a list, one a line, after those of the command line.
--- command
cd "$CCCD_TOP/tests/data/scan"; printf 'menu.png\nnone\n\nturned.jpg' | cccd-scan --files-from - front.jpg
--- stdout json
{"v": 1, "source": {"path": "front.jpg", "!page": 0}, "image": {"format": "jpeg"}, "symbol": {"kind": "cccd", "text": "004163091612|815716371|Sùng Trọng Tuấn|10081963|Nữ|Cụm 10, Ảng Nưa, Cẩm Phả, Hải Phòng|11092021", "encoding": "utf-8"}, "!error": 0}
{"v": 1, "source": {"path": "menu.png", "!page": 0}, "image": {"format": "png"}, "symbol": {"kind": "other", "text": "https://example.org/menu?table=12", "encoding": "utf-8"}, "!error": 0}
{"v": 1, "source": {"path": "none"}, "error": {"code": "file_unreadable"}, "!symbol": 0}
{"v": 1, "source": {"path": "turned.jpg", "!page": 0}, "image": {"format": "jpeg"}, "symbol": {"kind": "cccd", "text": "022312090680|292891331|Đường Thế Trúc|12062012|Nữ|Hẻm 12/873 Cà Minh, Nèm Nghệnh, Phụng Hiệp, Ninh Bình|06042026||||", "encoding": "utf-8"}, "!error": 0}
--- status
3
