# The same zone as one line of 90 characters.
--- command
cccd-parse
--- stdin
IDVNM0900000018001090000001<<99001011M3001019VNM<<<<<<<<<<<6NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "birth_date": "1990-01-01", "sex": "male", "expiry_date": "2030-01-01", "card": "unknown", "mrz": {"lines": ["IDVNM0900000018001090000001<<9", "9001011M3001019VNM<<<<<<<<<<<6", "NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<"], "surname": "NGUYEN", "given_names": "VAN<A"}, "!name": 0, "!residence": 0, "!issue_date": 0, "derived": {"name_ascii": "NGUYEN VAN A"}, "problems": [], "!repair": 0}, "!error": 0}
