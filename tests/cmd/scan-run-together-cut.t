# The last of several payloads is cut off: it is an error line, and nobody's record comes twice.
--- command
cccd-parse
--- stdin
048185000003|234567890|Lê Thị Thử Nghiệm|07071985|Nữ|Tổ 5, Phường Thí Nghiệm, Đà Nẵng|12092024||||001090000001||Nguyễn Văn A|01011990|Nam
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "part": 1}, "record": {"id": "048185000003", "old_id": "234567890", "name": "Lê Thị Thử Nghiệm", "birth_date": "1985-07-07", "sex": "female", "residence": "Tổ 5, Phường Thí Nghiệm, Đà Nẵng", "issue_date": "2024-09-12", "card": "can-cuoc-2024", "extra": ["", "", "", ""], "problems": [{"code": "run_together", "!field": 0}], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 1, "part": 2}, "error": {"code": "not_a_card"}, "!record": 0}
--- status
1
