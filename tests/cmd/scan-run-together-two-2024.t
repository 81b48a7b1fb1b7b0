# Payloads that ran together for want of a line end: 2024, 2024.
--- command
cccd-parse
--- stdin
048185000003|234567890|Lê Thị Thử Nghiệm|07071985|Nữ|Tổ 5, Phường Thí Nghiệm, Đà Nẵng|12092024||||048185000003|234567890|Lê Thị Thử Nghiệm|07071985|Nữ|Tổ 5, Phường Thí Nghiệm, Đà Nẵng|12092024||||
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "part": 1}, "record": {"id": "048185000003", "old_id": "234567890", "name": "Lê Thị Thử Nghiệm", "birth_date": "1985-07-07", "sex": "female", "residence": "Tổ 5, Phường Thí Nghiệm, Đà Nẵng", "issue_date": "2024-09-12", "card": "can-cuoc-2024", "extra": ["", "", "", ""], "problems": [{"code": "run_together", "!field": 0}], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 1, "!lines": 0, "part": 2}, "record": {"id": "048185000003", "old_id": "234567890", "name": "Lê Thị Thử Nghiệm", "birth_date": "1985-07-07", "sex": "female", "residence": "Tổ 5, Phường Thí Nghiệm, Đà Nẵng", "issue_date": "2024-09-12", "card": "can-cuoc-2024", "extra": ["", "", "", ""], "problems": [{"code": "run_together", "!field": 0}], "!repair": 0}, "!error": 0}
