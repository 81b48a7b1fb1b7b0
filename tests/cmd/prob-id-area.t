# A prefix that no table has; a warning.
--- command
cccd-parse
--- stdin
003090000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"derived": {"number": {"area": "003", "!area_name": 0, "!area_kind": 0}}, "problems": [{"code": "id_area_unknown", "field": "id"}], "!repair": 0}, "!error": 0}
