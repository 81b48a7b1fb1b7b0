# 31 April.
--- command
cccd-parse
--- stdin
001090000001||Nguyễn Văn A|01011990|Nam|Hà Nội|31042022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"!issue_date": 0, "problems": [{"code": "issue_date_impossible", "field": "issue_date"}], "!repair": 0}, "!error": 0}
--- status
1
