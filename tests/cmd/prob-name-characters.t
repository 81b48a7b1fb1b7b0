# A digit in a name.
--- command
cccd-parse
--- stdin
001090000001||Nguyễn Văn 4|01011990|Nam|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"name": "Nguyễn Văn 4", "problems": [{"code": "name_characters", "field": "name"}], "!repair": 0}, "!error": 0}
