# A machine-readable zone of three lines is one record; the name has lost its marks and is no name.
--- command
cccd-parse
--- stdin
IDVNM0900000018001090000001<<9
9001011M3001019VNM<<<<<<<<<<<6
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "lines": 3, "!part": 0}, "record": {"id": "001090000001", "birth_date": "1990-01-01", "sex": "male", "expiry_date": "2030-01-01", "card": "unknown", "mrz": {"lines": ["IDVNM0900000018001090000001<<9", "9001011M3001019VNM<<<<<<<<<<<6", "NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<"], "surname": "NGUYEN", "given_names": "VAN<A"}, "!name": 0, "!residence": 0, "!issue_date": 0, "derived": {"name_ascii": "NGUYEN VAN A", "number": {"birth_year": 1990}, "can": "000001", "!expiry": 0}, "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 4, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "old_id": "012345678", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021", "problems": [], "!repair": 0}, "!error": 0}
