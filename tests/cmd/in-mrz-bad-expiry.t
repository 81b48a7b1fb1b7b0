# A date of expiry that is none.
--- command
cccd-parse
--- stdin
IDVNM0900000018001090000001<<9
9001011M3002315VNM<<<<<<<<<<<4
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout json
{"v": 1, "source": {"line": 1, "lines": 3, "!part": 0}, "record": {"!expiry_date": 0, "problems": [{"code": "expiry_date_malformed", "field": "expiry_date"}], "!repair": 0}, "!error": 0}
--- status
1
