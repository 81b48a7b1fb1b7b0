# Headings without diacritics, with tabs.
--- command
cccd-parse
--- stdin
So CCCD	Ho ten	Ngay sinh	Gioi tinh
001090000001	Nguyễn Văn A	1990	Nam
--- stdout json
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "name": "Nguyễn Văn A", "birth_date": "1990", "sex": "male", "problems": [{"code": "birth_date_partial", "field": "birth_date"}], "!repair": 0}, "!error": 0}
