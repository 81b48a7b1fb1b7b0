# Eleven fields, but issued under the old law.
--- command
cccd-parse
--- stdin
001090000001||Nguyễn Văn A|01011990|Nam|Hà Nội|30062024||||
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"derived": {"issuer": "Cục Cảnh sát quản lý hành chính về trật tự xã hội"}, "problems": [{"code": "card_date_mismatch", "field": "card"}], "!repair": 0}, "!error": 0}
