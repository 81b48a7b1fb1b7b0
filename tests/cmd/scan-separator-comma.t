# The comma stands for |, though addresses have it too.
--- command
cccd-parse
--- stdin
001090000001,012345678,Nguyễn Văn A,01011990,Nam,Số 1, Phố Thử, Phường Mẫu, Hà Nội,15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "old_id": "012345678", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021", "problems": [{"code": "field_count", "!field": 0}, {"code": "separator", "!field": 0}], "!repair": 0}, "!error": 0}
