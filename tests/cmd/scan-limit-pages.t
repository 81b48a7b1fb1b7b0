# More pages than are allowed: the document is refused as a whole, and its pages are counted.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan --lang en --max-pages 1 archive.pdf; cccd-scan --lang vi --max-pages 1 archive.pdf; cccd-scan --max-pages 2 archive.pdf
--- stdout json
{"v": 1, "source": {"path": "archive.pdf", "!page": 0}, "image": {"format": "pdf", "pages": 2}, "error": {"code": "too_many_pages", "message": "the document has more pages than --max-pages allows: 2"}, "!symbol": 0}
{"v": 1, "source": {"path": "archive.pdf", "!page": 0}, "image": {"format": "pdf", "pages": 2}, "error": {"code": "too_many_pages", "message": "tài liệu có nhiều trang hơn --max-pages cho phép: 2"}, "!symbol": 0}
{"v": 1, "source": {"path": "archive.pdf", "page": 1}, "image": {"format": "pdf", "pages": 2}, "symbol": {"kind": "cccd", "text": "079300731372||Si Thế Quý|02012000|Nữ|TDP 14, Đô Lương, Hạ Hòa, Quảng Ninh|14122025||||", "encoding": "utf-8"}, "!error": 0}
{"v": 1, "source": {"path": "archive.pdf", "page": 2}, "image": {"format": "pdf", "pages": 2}, "error": {"code": "no_symbol"}, "!symbol": 0}
--- status
1
