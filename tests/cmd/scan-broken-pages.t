# A broken page costs nothing but itself.
--- command
cd "$CCCD_TOP/tests/data/scan"; n=$(stat -c %s office.tif); head -c $((n - 9000)) office.tif >"$TMPDIR/cut.tif"; cccd-scan "$TMPDIR/cut.tif" front.jpg | tail -n 1
--- stdout json
{"v": 1, "source": {"path": "front.jpg", "!page": 0}, "image": {"format": "jpeg"}, "symbol": {"kind": "cccd", "text": "004163091612|815716371|Sùng Trọng Tuấn|10081963|Nữ|Cụm 10, Ảng Nưa, Cẩm Phả, Hải Phòng|11092021", "encoding": "utf-8"}, "!error": 0}
