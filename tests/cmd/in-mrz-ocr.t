# O for 0 in the number: offered as a problem, never applied; so no number, and no invented century.
--- command
cccd-parse
--- stdin
IDVNM09000000180O1090000001<<9
9001011M3001019VNM<<<<<<<<<<<6
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout json
{"source": {"line": 1, "lines": 3}, "record": {"!id": 0, "mrz": {"lines": ["IDVNM09000000180O1090000001<<9", "9001011M3001019VNM<<<<<<<<<<<6", "NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<"]}, "sex": "male", "expiry_date": "2030-01-01"}}
--- status
1
