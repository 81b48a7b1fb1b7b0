# Empty fields are kept where they are: no name and no residence shift nothing.
--- command
cccd-parse
--- stdin
001090000001|||01011990|Nam||15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "old_id": null, "name": "", "birth_date": "1990-01-01", "sex": "male", "residence": "", "issue_date": "2022-03-15", "problems": [{"code": "name_empty", "field": "name"}, {"code": "residence_empty", "field": "residence"}], "!repair": 0}, "!error": 0}
--- status
1
