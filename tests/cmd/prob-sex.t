# Neither Nam nor Nữ.
--- command
cccd-parse
--- stdin
001090000001||Nguyễn Văn A|01011990|X|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"!sex": 0, "problems": [{"code": "sex_malformed", "field": "sex"}], "!repair": 0}, "!error": 0}
--- status
1
