# A birth date that is none.
--- command
cccd-parse
--- stdin
IDVNM0900000018001090000001<<9
9013016M3001019VNM<<<<<<<<<<<4
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout json
{"v": 1, "source": {"line": 1, "lines": 3, "!part": 0}, "record": {"!birth_date": 0, "problems": [{"code": "birth_date_malformed", "field": "birth_date"}], "!repair": 0}, "!error": 0}
--- status
1
