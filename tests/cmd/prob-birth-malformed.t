# A birth date that is none.
--- command
cccd-parse
--- stdin
001090000001||Nguyễn Văn A|0101199|Nam|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"!birth_date": 0, "derived": {"!expiry": 0, "!age_at_issue": 0}, "problems": [{"code": "birth_date_malformed", "field": "birth_date"}], "!repair": 0}, "!error": 0}
--- status
1
