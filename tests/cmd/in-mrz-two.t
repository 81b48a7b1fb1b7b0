# Two zones, one behind the other, with CR LF.
--- command
cccd-parse
--- stdin escaped
IDVNM0900000018001090000001<<9\r\n\
9001011M3001019VNM<<<<<<<<<<<6\r\n\
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<\r\n\
IDVNM3000000023079300000002<<3\r\n\
0008154F2508153VNM<<<<<<<<<<<0\r\n\
TRAN<<THI<BICH<NGOC<<<<<<<<<<<\r\n
--- stdout json
{"v": 1, "source": {"line": 1, "lines": 3, "!part": 0}, "record": {"id": "001090000001", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 4, "lines": 3, "!part": 0}, "record": {"id": "079300000002", "birth_date": "2000-08-15", "sex": "female", "problems": [], "!repair": 0}, "!error": 0}
