# Escaped separators: the whole line is unescaped, and kept as it came.
--- command
cccd-parse
--- stdin
001190000001%7C%7CTr%E1%BA%A7n Th%E1%BB%8B Th%E1%BB%AD Nghi%E1%BB%87m%7C01011990%7CN%E1%BB%AF%7CPh%C6%B0%E1%BB%9Dng M%E1%BA%ABu, Qu%E1%BA%ADn Th%E1%BB%AD %C4%90%E1%BB%A9c%7C15032022
--- stdout json
{"record": {"name": "Trần Thị Thử Nghiệm", "repair": {"kind": "percent-escape", "confidence": "certain", "original": {"line": "001190000001%7C%7CTr%E1%BA%A7n Th%E1%BB%8B Th%E1%BB%AD Nghi%E1%BB%87m%7C01011990%7CN%E1%BB%AF%7CPh%C6%B0%E1%BB%9Dng M%E1%BA%ABu, Qu%E1%BA%ADn Th%E1%BB%AD %C4%90%E1%BB%A9c%7C15032022", "!name": 0}}, "problems": [{"code": "text_repaired", "!field": 0}]}}
