# The additional check digit over the twelve digits, alone.
--- command
cccd-parse
--- stdin
IDVNM0900000018001090000001<<0
9001011M3001019VNM<<<<<<<<<<<3
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout json
{"v": 1, "source": {"line": 1, "lines": 3, "!part": 0}, "record": {"id": "001090000001", "problems": [{"code": "mrz_check_id", "field": "id"}], "!repair": 0}, "!error": 0}
--- status
1
