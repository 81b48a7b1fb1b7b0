# The number says another year; never an error.
--- command
cccd-parse
--- stdin
001091000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"derived": {"number": {"birth_year": 1991}}, "problems": [{"code": "id_year_mismatch", "field": "id"}], "!repair": 0}, "!error": 0}
