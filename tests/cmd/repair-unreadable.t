# Text that no known mechanism explains is left, and told.
--- command
cccd-parse
--- stdin
001090000001||阮文A|01011990|Nam|河内|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"name": "阮文A", "residence": "河内", "problems": [{"code": "text_damaged", "!field": 0}, {"code": "name_characters", "field": "name"}], "!repair": 0}, "!error": 0}
