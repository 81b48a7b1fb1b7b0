# The check digit of the birth date, alone.
--- command
cccd-parse
--- stdin
IDVNM0900000018001090000001<<9
9001012M3001019VNM<<<<<<<<<<<9
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout json
{"v": 1, "source": {"line": 1, "lines": 3, "!part": 0}, "record": {"birth_date": "1990-01-01", "problems": [{"code": "mrz_check_birth", "field": "birth_date"}], "!repair": 0}, "!error": 0}
--- status
1
