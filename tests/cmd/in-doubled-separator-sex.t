# The separator between birth date and sex doubled: the two still stand side by side.
--- command
cccd-parse
--- stdin
001090000001||Nguyễn Văn A|01011990||Nam|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "old_id": null, "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Hà Nội", "issue_date": "2022-03-15", "problems": [{"code": "field_count", "!field": 0}], "!repair": 0}, "!error": 0}
