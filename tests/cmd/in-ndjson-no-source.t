# An object that does not say where it comes from gets the version and its line.
--- command
cccd-parse f
--- file f
{"a":1}
{}
{"symbol":{"text":"001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022"}}
--- stdout json
{"v": 1, "source": {"path": "f", "line": 1}, "a": 1, "error": {"code": "json_no_payload"}}
{"v": 1, "source": {"path": "f", "line": 2}, "error": {"code": "json_no_payload"}}
{"v": 1, "source": {"path": "f", "line": 3}, "symbol": {}, "record": {"id": "001090000001", "old_id": "012345678", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021"}}
--- status
3
