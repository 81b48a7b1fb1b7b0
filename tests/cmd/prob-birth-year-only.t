# Only the year is known: every age that is possible is listed.
--- command
cccd-parse
--- stdin
001099000001||Nguyễn Văn A|00001999|Nam|Hà Nội|01062022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"birth_date": "1999", "derived": {"expiry": {"date": "2039", "rule": "2014-40", "candidates": ["2039", "2024"]}, "!age_at_issue": 0}, "problems": [{"code": "birth_date_partial", "field": "birth_date"}], "!repair": 0}, "!error": 0}
