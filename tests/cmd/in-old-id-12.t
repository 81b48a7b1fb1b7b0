# An old number of twelve digits is one too.
--- command
cccd-parse
--- stdin
001090000001|001090000009|Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"old_id": "001090000009", "problems": [], "!repair": 0}, "!error": 0}
