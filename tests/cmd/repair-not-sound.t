# Sound text that looks a little like damage is never touched.
--- command
cccd-parse
--- stdin
001090000001||Nguyễn Văn A|01011990|Nam|Số 7885 Đường 417, Hà Nội|15032022
001090000001||Nguyễn Văn A|01011990|Nam|Tổ 0225, Lô 01, 100% Mẫu &amp Thử|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"residence": "Số 7885 Đường 417, Hà Nội", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"residence": "Tổ 0225, Lô 01, 100% Mẫu &amp Thử", "problems": [], "!repair": 0}, "!error": 0}
