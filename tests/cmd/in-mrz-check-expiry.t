# The check digit of the date of expiry, alone.
--- command
cccd-parse
--- stdin
IDVNM0900000018001090000001<<9
9001011M3001010VNM<<<<<<<<<<<7
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout json
{"v": 1, "source": {"line": 1, "lines": 3, "!part": 0}, "record": {"problems": [{"code": "mrz_check_expiry", "field": "expiry_date"}], "!repair": 0}, "!error": 0}
--- status
1
