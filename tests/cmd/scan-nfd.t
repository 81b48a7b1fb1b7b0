# Letters and marks apart (NFD): joined, and told.
--- command
cccd-parse
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "old_id": "012345678", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021", "problems": [{"code": "text_decomposed", "field": "name"}, {"code": "text_decomposed", "field": "residence"}], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"id": "079300000002", "old_id": null, "name": "Trần Thị Bích Ngọc", "birth_date": "2000-08-15", "sex": "female", "residence": "12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh", "issue_date": "2021-10-20", "card": "cccd-2021", "problems": [{"code": "text_decomposed", "field": "name"}, {"code": "text_decomposed", "field": "sex"}, {"code": "text_decomposed", "field": "residence"}], "!repair": 0}, "!error": 0}
