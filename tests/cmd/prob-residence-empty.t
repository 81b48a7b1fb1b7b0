# No residence.
--- command
cccd-parse
--- stdin
001090000001||Nguyễn Văn A|01011990|Nam||15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"residence": "", "problems": [{"code": "residence_empty", "field": "residence"}], "!repair": 0}, "!error": 0}
