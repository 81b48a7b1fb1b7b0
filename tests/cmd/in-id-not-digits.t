# Twelve characters that are nearly digits are no number.
--- command
cccd-parse
--- stdin
0010/0-00001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
001*90000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
00109000000١||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"!id": 0, "derived": {"!number": 0, "!can": 0, "!mrz_number": 0}, "problems": [{"code": "id_malformed", "field": "id"}], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"!id": 0, "derived": {"!number": 0, "!can": 0, "!mrz_number": 0}, "problems": [{"code": "id_malformed", "field": "id"}], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 3, "!lines": 0, "!part": 0}, "record": {"!id": 0, "derived": {"!number": 0, "!can": 0, "!mrz_number": 0}, "problems": [{"code": "id_malformed", "field": "id"}], "!repair": 0}, "!error": 0}
--- status
1
