# Born in 2000: another century digit.
--- command
cccd-parse
--- stdin
001200000001||Nguyễn Văn A|01012000|Nam|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"derived": {"number": {"birth_year": 2000, "sex": "male"}}, "problems": [], "!repair": 0}, "!error": 0}
