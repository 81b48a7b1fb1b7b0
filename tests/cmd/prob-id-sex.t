# The number says the other sex; never an error.
--- command
cccd-parse
--- stdin
001190000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"sex": "male", "derived": {"number": {"sex": "female"}}, "problems": [{"code": "id_sex_mismatch", "field": "id"}], "!repair": 0}, "!error": 0}
