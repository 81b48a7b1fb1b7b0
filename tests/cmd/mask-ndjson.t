# --mask hides the middle of numbers and names; what would give them away goes.
--- command
cccd-parse --mask
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
001190000001||Trần|01011990|Nữ|Hà Nội|15032022
048185000003|234567890|Lê Thị Thử Nghiệm|07071985|Nữ|Tổ 5, Phường Thí Nghiệm, Đà Nẵng|12092024||||
--- stdout json
{"record": {"id": "001******001", "old_id": "012***678", "name": "Nguyễn V*** A***", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021", "derived": {"mrz_number": "******001", "can": "***001", "name_ascii": "NGUYEN V*** A***", "!number": 0}}}
{"record": {"name": "T***", "derived": {"name_ascii": "T***"}}}
{"record": {"id": "048******003", "extra": ["", "", "", ""]}}
