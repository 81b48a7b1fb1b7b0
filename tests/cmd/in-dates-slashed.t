# Dates that a reader rewrote, and a date of digits that is none.
--- command
cccd-parse
--- stdin
001090000001||Nguyễn Văn A|1/1/1990|Nam|Hà Nội|15/03/2022
001090000001||Nguyễn Văn A|1-1-1990|Nam|Hà Nội|15.03.2022
001090000001||Nguyễn Văn A|01/1/199|Nam|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"birth_date": "1990-01-01", "issue_date": "2022-03-15", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"birth_date": "1990-01-01", "issue_date": "2022-03-15", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 3, "!lines": 0, "!part": 0}, "record": {"!birth_date": 0, "problems": [{"code": "birth_date_malformed", "field": "birth_date"}], "!repair": 0}, "!error": 0}
--- status
1
