# What is no card is an error line that names file and line; nothing is lost.
--- command
cccd-parse cards other
--- file cards
hello
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
 
--- file other escaped
https://example.org/
\xff\xfe\x00\x01
BEGIN:VCARD\n
--- stdout json
{"v": 1, "source": {"line": 1, "path": "cards"}, "error": {"code": "not_a_card"}, "!record": 0}
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "old_id": "012345678", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 3, "path": "cards"}, "error": {"code": "empty_line"}, "!record": 0}
{"v": 1, "source": {"line": 1, "path": "other"}, "error": {"code": "not_a_card"}, "!record": 0}
{"v": 1, "source": {"line": 2, "path": "other"}, "error": {"code": "not_a_card"}, "!record": 0}
{"v": 1, "source": {"line": 3, "path": "other"}, "error": {"code": "not_a_card"}, "!record": 0}
--- status
1
