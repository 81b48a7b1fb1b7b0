# Before there were cards with this code.
--- command
cccd-parse
--- stdin
001090000001||Nguyễn Văn A|01011990|Nam|Hà Nội|31122020
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"problems": [{"code": "issue_date_early", "field": "issue_date"}], "!repair": 0}, "!error": 0}
