# A spreadsheet quoted the whole line.
--- command
cccd-parse
--- stdin
"001090000001||Nguyễn Văn A|01011990|Nam|Nhà ""Mẫu"", Hà Nội|15032022"
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"name": "Nguyễn Văn A", "residence": "Nhà \"Mẫu\", Hà Nội", "problems": [], "!repair": 0}, "!error": 0}
