# An expiry that is stated is read back, also that there is none.
--- command
cccd-parse --format csv --fields id,name,expiry_date cards >t && cccd-parse t
--- file cards
IDVNM0900000018001090000001<<9
9001011M3001019VNM<<<<<<<<<<<6
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
IDVNM0600000019001060000001<<0
6001010M9912315VNM<<<<<<<<<<<6
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout json
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "expiry_date": "2030-01-01", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 3, "!lines": 0, "!part": 0}, "record": {"id": "001060000001", "expiry_date": null, "problems": [], "!repair": 0}, "!error": 0}
