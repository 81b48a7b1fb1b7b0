# Small letters in the sex.
--- command
cccd-parse
--- stdin
001090000001||Nguyễn Văn A|01011990|nam|Hà Nội|15032022
001190000001||Trần Thị B|01011990|nữ|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"sex": "male", "problems": [{"code": "sex_spelling", "field": "sex"}], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"sex": "female", "problems": [{"code": "sex_spelling", "field": "sex"}], "!repair": 0}, "!error": 0}
