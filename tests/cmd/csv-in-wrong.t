# Rows that do not fit, an empty one, and a quote that is never closed.
--- command
cccd-parse
--- stdin
id,name,sex
001090000001,A B,male,x
001090000001,"A"B,male

001090000001,Nguyễn Văn A
1,Nguyễn Văn B,none of these
001090000001,"never closed
--- stdout json
{"v": 1, "source": {"line": 2}, "error": {"code": "csv_invalid"}, "!record": 0}
{"v": 1, "source": {"line": 3}, "error": {"code": "csv_invalid"}, "!record": 0}
{"v": 1, "source": {"line": 4}, "error": {"code": "empty_line"}, "!record": 0}
{"source": {"line": 5}}
{"source": {"line": 6}, "record": {"!id": 0, "problems": [{"code": "id_malformed", "field": "id"}, {"code": "sex_malformed", "field": "sex"}]}}
{"source": {"line": 7}, "error": {"code": "csv_invalid"}}
--- status
3
