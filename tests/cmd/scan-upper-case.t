# Capitals, as some readers deliver them.
--- command
cccd-parse
--- stdin
001090000001||NGUYỄN VĂN A|01011990|NAM|HÀ NỘI|15032022
001190000001||TRẦN THỊ B|01011990|NỮ|HÀ NỘI|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"name": "NGUYỄN VĂN A", "sex": "male", "residence": "HÀ NỘI", "problems": [{"code": "sex_spelling", "field": "sex"}, {"code": "name_upper_case", "field": "name"}], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"name": "TRẦN THỊ B", "sex": "female", "problems": [{"code": "sex_spelling", "field": "sex"}, {"code": "name_upper_case", "field": "name"}], "!repair": 0}, "!error": 0}
