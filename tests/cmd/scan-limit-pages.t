# More pages than are allowed: the others were read.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan --max-pages 1 archive.pdf; cccd-scan --max-pages 2 archive.pdf
--- stdout json
{"v": 1, "source": {"path": "archive.pdf", "page": 1}, "image": {"format": "pdf"}, "symbol": {"kind": "cccd", "text": "079300731372||Si Thế Quý|02012000|Nữ|TDP 14, Đô Lương, Hạ Hòa, Quảng Ninh|14122025||||", "encoding": "utf-8"}, "!error": 0}
{"v": 1, "source": {"path": "archive.pdf", "page": 2}, "image": {"format": "pdf"}, "error": {"code": "too_many_pages"}, "!symbol": 0}
{"v": 1, "source": {"path": "archive.pdf", "page": 1}, "image": {"format": "pdf"}, "symbol": {"kind": "cccd", "text": "079300731372||Si Thế Quý|02012000|Nữ|TDP 14, Đô Lương, Hạ Hòa, Quảng Ninh|14122025||||", "encoding": "utf-8"}, "!error": 0}
{"v": 1, "source": {"path": "archive.pdf", "page": 2}, "image": {"format": "pdf"}, "error": {"code": "no_symbol"}, "!symbol": 0}
--- status
1
