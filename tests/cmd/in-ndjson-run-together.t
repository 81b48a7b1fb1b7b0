# Two payloads in one symbol make two lines of the same object.
--- command
cccd-parse
--- stdin
{"v":1,"source":{"path":"a.jpg"},"symbol":{"text":"001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021"}}
--- stdout json
{"source": {"path": "a.jpg"}, "symbol": {}, "record": {"id": "001090000001", "problems": [{"code": "run_together", "!field": 0}]}}
{"source": {"path": "a.jpg"}, "symbol": {}, "record": {"id": "079300000002", "problems": [{"code": "run_together", "!field": 0}]}}
