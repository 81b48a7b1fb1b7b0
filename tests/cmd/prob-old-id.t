# An old number of ten digits.
--- command
cccd-parse
--- stdin
001090000001|0123456789|Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"!old_id": 0, "problems": [{"code": "old_id_malformed", "field": "old_id"}], "!repair": 0}, "!error": 0}
