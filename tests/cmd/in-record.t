# Records of an earlier run: passed unchanged as NDJSON, the same record in every other format.
--- command
cccd-parse cards >first; cccd-parse first | cmp - first && cccd-parse --format csv --fields id,old_id,name,birth_date,sex,residence,issue_date,card,extra,expiry,issuer,area,area_name,number_sex,number_birth_year,mrz_number,can,age_at_issue,name_ascii,repair,severity,problems first >a; cccd-parse --format csv --fields id,old_id,name,birth_date,sex,residence,issue_date,card,extra,expiry,issuer,area,area_name,number_sex,number_birth_year,mrz_number,can,age_at_issue,name_ascii,repair,severity,problems cards | cmp - a && cat first
--- file cards
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
048185000003|234567890|Lê Thị Thử Nghiệm|07071985|Nữ|Tổ 5, Phường Thí Nghiệm, Đà Nẵng|12092024||||
079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021
001090000001||L242 V259n T7841|01011990|Nam|H224 N7897i|15032022
001090000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15082024||x||
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "old_id": "012345678", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"id": "048185000003", "old_id": "234567890", "name": "Lê Thị Thử Nghiệm", "birth_date": "1985-07-07", "sex": "female", "residence": "Tổ 5, Phường Thí Nghiệm, Đà Nẵng", "issue_date": "2024-09-12", "card": "can-cuoc-2024", "extra": ["", "", "", ""], "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 3, "!lines": 0, "!part": 0}, "record": {"id": "079300000002", "old_id": null, "name": "Trần Thị Bích Ngọc", "birth_date": "2000-08-15", "sex": "female", "residence": "12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh", "issue_date": "2021-10-20", "card": "cccd-2021", "problems": [], "!repair": 0}, "!error": 0}
{"record": {"repair": {"kind": "code-point-decimal"}}}
{"record": {"extra": ["", "x", "", ""]}}
