# The same of a TIFF.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan --max-pages 1 office.tif
--- stdout json
{"v": 1, "source": {"path": "office.tif", "page": 1}, "image": {"format": "tiff"}, "symbol": {"kind": "cccd", "text": "022130464900|245637464|Bùi Phương Nguyên|05041930|Nữ|581/5B đường Phó Mộng Quế, Ấp Ngừa, Kỳ Anh, Đồng Văn, Thái Bình|18062021", "encoding": "utf-8"}, "!error": 0}
{"v": 1, "source": {"path": "office.tif", "page": 2}, "image": {"format": "tiff"}, "error": {"code": "too_many_pages"}, "!symbol": 0}
--- status
3
