# Issued before the birth.
--- command
cccd-parse
--- stdin
001200000001||Nguyễn Văn A|01012030|Nam|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"derived": {"!expiry": 0, "!age_at_issue": 0}, "problems": [{"code": "id_year_mismatch", "field": "id"}, {"code": "issue_before_birth", "field": "issue_date"}], "!repair": 0}, "!error": 0}
--- status
1
