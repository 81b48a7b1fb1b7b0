# A stray line of a zone costs itself alone; the zone behind it is read.
--- command
cccd-parse
--- stdin
IDVNM0900000018001090000001<<9
IDVNM0900000018001090000001<<9
9001011M3001019VNM<<<<<<<<<<<6
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout json
{"source": {"line": 1}, "error": {"code": "mrz_malformed"}}
{"source": {"line": 2, "lines": 3}, "record": {"id": "001090000001", "birth_date": "1990-01-01"}}
{"source": {"line": 5}, "error": {"code": "mrz_malformed"}}
--- status
1
