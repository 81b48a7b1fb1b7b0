# The document number is not the end of the twelve digits, though all check digits hold.
--- command
cccd-parse
--- stdin
IDVNM0900000096001090000001<<9
9001011M3001019VNM<<<<<<<<<<<0
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout json
{"v": 1, "source": {"line": 1, "lines": 3, "!part": 0}, "record": {"problems": [{"code": "mrz_number_mismatch", "field": "id"}], "!repair": 0}, "!error": 0}
--- status
1
