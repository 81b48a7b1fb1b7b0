# Every file may have its own heading.
--- command
cccd-parse a b a
--- file a
id,name
001090000001,Nguyễn Văn A
--- file b
name;id
Nguyễn Văn A;001090000001
--- stdout json
{"v": 1, "source": {"path": "a", "line": 2}, "record": {"id": "001090000001", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"path": "b", "line": 2}, "record": {"id": "001090000001", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"path": "a", "line": 2}, "record": {"id": "001090000001", "problems": [], "!repair": 0}, "!error": 0}
