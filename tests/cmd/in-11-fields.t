# The payload of 2024: eleven fields, the last four empty and kept.
--- command
cccd-parse
--- stdin
048185000003|234567890|Lê Thị Thử Nghiệm|07071985|Nữ|Tổ 5, Phường Thí Nghiệm, Đà Nẵng|12092024||||
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"id": "048185000003", "old_id": "234567890", "name": "Lê Thị Thử Nghiệm", "birth_date": "1985-07-07", "sex": "female", "residence": "Tổ 5, Phường Thí Nghiệm, Đà Nẵng", "issue_date": "2024-09-12", "card": "can-cuoc-2024", "extra": ["", "", "", ""], "derived": {"expiry": {"date": "2045-07-07", "rule": "2023-60"}, "issuer": "Bộ Công an", "number": {"area": "048", "area_kind": "province", "area_name": "Đà Nẵng", "sex": "female", "birth_year": 1985}, "mrz_number": "185000003", "can": "000003", "age_at_issue": 39, "name_ascii": "LE THI THU NGHIEM"}, "problems": [], "!repair": 0}, "!error": 0}
