# The last field is missing.
--- command
cccd-parse
--- stdin
001090000001||Nguyễn Văn A|01011990|Nam|Hà Nội
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "old_id": null, "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Hà Nội", "!issue_date": 0, "card": "unknown", "derived": {"!expiry": 0, "!issuer": 0, "!age_at_issue": 0}, "problems": [{"code": "field_missing", "field": "issue_date"}, {"code": "field_count", "!field": 0}], "!repair": 0}, "!error": 0}
--- status
1
