# Several files, standard input among them, lines counted in each.
--- command
cccd-parse a - b
--- file a
079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021
--- file b
048185000003|234567890|Lê Thị Thử Nghiệm|07071985|Nữ|Tổ 5, Phường Thí Nghiệm, Đà Nẵng|12092024||||
079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"path": "a", "line": 1}, "record": {"id": "079300000002", "old_id": null, "name": "Trần Thị Bích Ngọc", "birth_date": "2000-08-15", "sex": "female", "residence": "12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh", "issue_date": "2021-10-20", "card": "cccd-2021", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 1, "!path": 0}, "record": {"id": "001090000001", "old_id": "012345678", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"path": "b", "line": 1}, "record": {"id": "048185000003", "old_id": "234567890", "name": "Lê Thị Thử Nghiệm", "birth_date": "1985-07-07", "sex": "female", "residence": "Tổ 5, Phường Thí Nghiệm, Đà Nẵng", "issue_date": "2024-09-12", "card": "can-cuoc-2024", "extra": ["", "", "", ""], "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"path": "b", "line": 2}, "record": {"id": "079300000002", "old_id": null, "name": "Trần Thị Bích Ngọc", "birth_date": "2000-08-15", "sex": "female", "residence": "12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh", "issue_date": "2021-10-20", "card": "cccd-2021", "problems": [], "!repair": 0}, "!error": 0}
