# A cell with line breaks; the row is named by its first line and how many it took.
--- command
cccd-parse
--- stdin
id,name,residence
001090000001,Nguyễn Văn A,"Số 1

Hà Nội"
001090000002,Trần Văn B,x
--- stdout json
{"source": {"line": 2, "lines": 3}, "record": {"id": "001090000001", "name": "Nguyễn Văn A"}}
{"v": 1, "source": {"line": 5, "!lines": 0, "!part": 0}, "record": {"id": "001090000002", "name": "Trần Văn B", "problems": [], "!repair": 0}, "!error": 0}
