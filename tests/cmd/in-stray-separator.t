# A stray | inside the name and the residence: birth date and sex are the anchor.
--- command
cccd-parse
--- stdin
001090000001||Nguyễn Văn|A|01011990|Nam|Hà|Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "name": "Nguyễn Văn|A", "birth_date": "1990-01-01", "sex": "male", "residence": "Hà|Nội", "issue_date": "2022-03-15", "problems": [{"code": "field_count", "!field": 0}, {"code": "name_characters", "field": "name"}], "!repair": 0}, "!error": 0}
