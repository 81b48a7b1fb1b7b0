# The composite check digit, alone.
--- command
cccd-parse
--- stdin
IDVNM0900000018001090000001<<9
9001011M3001019VNM<<<<<<<<<<<7
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout json
{"v": 1, "source": {"line": 1, "lines": 3, "!part": 0}, "record": {"problems": [{"code": "mrz_check_composite", "field": "mrz"}], "!repair": 0}, "!error": 0}
--- status
1
