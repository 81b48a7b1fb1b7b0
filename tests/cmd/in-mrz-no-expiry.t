# 991231 is no expiry on a card of Vietnam.
--- command
cccd-parse
--- stdin
IDVNM0600000019001060000001<<0
6001010M9912315VNM<<<<<<<<<<<6
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout json
{"v": 1, "source": {"line": 1, "lines": 3, "!part": 0}, "record": {"birth_date": "1960-01-01", "expiry_date": null, "problems": [], "!repair": 0}, "!error": 0}
