# Sentences in Vietnamese; the codes never change.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan --lang vi no-symbol.jpg no-image.jpg cut-short.jpg; cccd-scan --lang vi --max-pixels 5 menu.png
--- stdout json
{"v": 1, "source": {"path": "no-symbol.jpg"}, "error": {"code": "no_symbol", "message": "không tìm thấy mã QR"}, "!symbol": 0}
{"v": 1, "source": {"path": "no-image.jpg"}, "error": {"code": "format_unknown", "message": "tệp không phải là ảnh hay tài liệu có định dạng đã biết"}, "!symbol": 0}
{"v": 1, "source": {"path": "cut-short.jpg"}, "error": {"code": "truncated", "message": "tệp bị thiếu phần cuối"}, "!symbol": 0}
{"v": 1, "source": {"path": "menu.png"}, "error": {"code": "too_large", "message": "ảnh lớn hơn giới hạn cho phép"}, "!symbol": 0}
--- status
3
