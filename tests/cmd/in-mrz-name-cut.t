# A name that fills the line may be cut off.
--- command
cccd-parse
--- stdin
IDVNM0900000018001090000001<<9
9001011M3001019VNM<<<<<<<<<<<6
NGUYEN<<THI<MAU<THU<NGHIEM<DAI
--- stdout json
{"v": 1, "source": {"line": 1, "lines": 3, "!part": 0}, "record": {"derived": {"name_ascii": "NGUYEN THI MAU THU NGHIEM DAI"}, "problems": [{"code": "mrz_name_truncated", "field": "name"}], "!repair": 0}, "!error": 0}
