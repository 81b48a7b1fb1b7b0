# A path that is no UTF-8 is written so that it can be turned back.
--- command
cp cards $'a\\b\xff' && cccd-parse $'a\\b\xff' && cp cards $'a\\b' && cccd-parse $'a\\b'
--- file cards
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"path": "a\\\\b\\xFF", "path_escaped": true, "line": 1}, "record": {"id": "001090000001", "old_id": "012345678", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"path": "a\\b", "!path_escaped": 0, "line": 1}, "record": {"id": "001090000001", "old_id": "012345678", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021", "problems": [], "!repair": 0}, "!error": 0}
