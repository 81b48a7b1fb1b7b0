# The law of 2014 gave cards from 14 only.
--- command
cccd-parse
--- stdin
001210000001||Nguyễn Văn A|01012010|Nam|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"derived": {"age_at_issue": 12}, "problems": [{"code": "issued_under_age", "field": "issue_date"}], "!repair": 0}, "!error": 0}
