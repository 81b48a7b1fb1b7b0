# Lines of a zone that make none: each is told, and what follows is read.
--- command
cccd-parse
--- stdin
IDVNM0900000018001090000001<<9
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
IDVNM0900000018001090000001<<9
9001011M3001019VNM<<<<<<<<<<<6

IDVNM0900000018001090000001<<
9001011M3001019VNM<<<<<<<<<<<6
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
IDVNM0900000018001090000001<<99001011M3001019VNM<<<<<<<<<<<6NGUYEN<<VAN<A<<<<<<<<<<<<<<<<
--- stdout json
{"v": 1, "source": {"line": 1}, "error": {"code": "mrz_malformed"}, "!record": 0}
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "old_id": "012345678", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 3}, "error": {"code": "mrz_malformed"}, "!record": 0}
{"v": 1, "source": {"line": 4}, "error": {"code": "mrz_malformed"}, "!record": 0}
{"v": 1, "source": {"line": 5}, "error": {"code": "empty_line"}, "!record": 0}
{"v": 1, "source": {"line": 6}, "error": {"code": "mrz_malformed"}, "!record": 0}
{"v": 1, "source": {"line": 7}, "error": {"code": "mrz_malformed"}, "!record": 0}
{"v": 1, "source": {"line": 8}, "error": {"code": "mrz_malformed"}, "!record": 0}
{"v": 1, "source": {"line": 9}, "error": {"code": "mrz_malformed"}, "!record": 0}
--- status
1
