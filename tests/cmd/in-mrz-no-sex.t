# A filler in place of the sex.
--- command
cccd-parse
--- stdin
IDVNM0900000018001090000001<<9
9001011<3001019VNM<<<<<<<<<<<6
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout json
{"v": 1, "source": {"line": 1, "lines": 3, "!part": 0}, "record": {"!sex": 0, "problems": [{"code": "sex_malformed", "field": "sex"}], "!repair": 0}, "!error": 0}
--- status
1
