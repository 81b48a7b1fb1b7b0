# Only the year of birth is known.
--- command
cccd-parse
--- stdin
IDVNM0900000018001090000001<<9
9000003M3001019VNM<<<<<<<<<<<2
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout json
{"v": 1, "source": {"line": 1, "lines": 3, "!part": 0}, "record": {"birth_date": "1990", "problems": [{"code": "birth_date_partial", "field": "birth_date"}], "!repair": 0}, "!error": 0}
