# A prefix of the table of countries.
--- command
cccd-parse
--- stdin
279090000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"derived": {"number": {"area": "279", "area_kind": "country", "area_name": "Trung Quốc"}}, "problems": [], "!repair": 0}, "!error": 0}
