# The same of a TIFF, whose pages are not counted any further than the limit.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan --lang en --max-pages 1 office.tif; cccd-scan --lang vi --max-pages 1 office.tif
--- stdout json
{"v": 1, "source": {"path": "office.tif", "!page": 0}, "image": {"format": "tiff", "!pages": 0}, "error": {"code": "too_many_pages", "message": "the document has more pages than --max-pages allows: more than 1"}, "!symbol": 0}
{"v": 1, "source": {"path": "office.tif", "!page": 0}, "image": {"format": "tiff", "!pages": 0}, "error": {"code": "too_many_pages", "message": "tài liệu có nhiều trang hơn --max-pages cho phép: hơn 1"}, "!symbol": 0}
--- status
3
