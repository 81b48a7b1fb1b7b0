# The payload of 2021: seven fields, the old number there or empty.
--- command
cccd-parse
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "old_id": "012345678", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021", "derived": {"expiry": {"date": "2030-01-01", "rule": "2014-40", "!candidates": 0}, "issuer": "Cục Cảnh sát quản lý hành chính về trật tự xã hội", "number": {"area": "001", "area_kind": "province", "area_name": "Hà Nội", "sex": "male", "birth_year": 1990}, "mrz_number": "090000001", "can": "000001", "age_at_issue": 32, "name_ascii": "NGUYEN VAN A"}, "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"id": "079300000002", "old_id": null, "name": "Trần Thị Bích Ngọc", "birth_date": "2000-08-15", "sex": "female", "residence": "12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh", "issue_date": "2021-10-20", "card": "cccd-2021", "derived": {"expiry": {"date": "2025-08-15", "rule": "2014-25"}, "number": {"area": "079", "area_kind": "province", "area_name": "Hồ Chí Minh", "sex": "female", "birth_year": 2000}, "mrz_number": "300000002", "can": "000002", "age_at_issue": 21, "name_ascii": "TRAN THI BICH NGOC"}, "problems": [], "!repair": 0}, "!error": 0}
