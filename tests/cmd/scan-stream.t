# Pictures on standard input, one behind the other: each card once, with the number of its picture.
--- command
cd "$CCCD_TOP/tests/data/scan"; cat front.jpg front.jpg no-symbol.jpg turned.jpg front.jpg turned.jpg | cccd-scan --stream -j1
--- stdout json
{"v": 1, "source": {"frame": 1, "!path": 0}, "symbol": {"text": "004163091612|815716371|Sùng Trọng Tuấn|10081963|Nữ|Cụm 10, Ảng Nưa, Cẩm Phả, Hải Phòng|11092021"}}
{"v": 1, "source": {"frame": 4}, "symbol": {"text": "022312090680|292891331|Đường Thế Trúc|12062012|Nữ|Hẻm 12/873 Cà Minh, Nèm Nghệnh, Phụng Hiệp, Ninh Bình|06042026||||"}}
