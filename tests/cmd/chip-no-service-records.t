# Each record gets its line, with what it had.
--- command
cccd-parse | cccd-chip --lang en read
--- stdin
001090000001|010000001|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|01012025
001090000002|010000002|Nguyễn Văn B|01011990|Nam|Số 2, Phố Thử, Phường Mẫu, Hà Nội|01012025
--- env
PCSCLITE_CSOCK_NAME=/nonexistent
--- stdout json
{"v": 1, "source": {"line": 1}, "record": {"id": "001090000001"}, "chip": {"error": {"code": "no_service"}}}
{"v": 1, "source": {"line": 2}, "record": {"id": "001090000002"}, "chip": {"error": {"code": "no_service"}}}
--- stderr contains
Lay this card on the reader: Nguyễn Văn A 001090000001
Lay this card on the reader: Nguyễn Văn B 001090000002
--- status
4
