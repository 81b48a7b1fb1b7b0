# Eleven digits.
--- command
cccd-parse
--- stdin
00109000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"!id": 0, "problems": [{"code": "id_malformed", "field": "id"}], "!repair": 0}, "!error": 0}
--- status
1
