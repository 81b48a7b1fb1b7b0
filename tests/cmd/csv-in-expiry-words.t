# Only the words for no expiry mean none; any other word is no date.
--- command
cccd-parse
--- stdin
id,name,expiry_date
001090000001,Nguyễn Văn A,none
001090000001,Nguyễn Văn A,Không thời hạn
001090000001,Nguyễn Văn A,?
001090000001,Nguyễn Văn A,chưa rõ
001090000001,Nguyễn Văn A,
--- stdout json
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"expiry_date": null, "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 3, "!lines": 0, "!part": 0}, "record": {"expiry_date": null, "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 4, "!lines": 0, "!part": 0}, "record": {"!expiry_date": 0, "problems": [{"code": "expiry_date_malformed", "field": "expiry_date"}], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 5, "!lines": 0, "!part": 0}, "record": {"!expiry_date": 0, "problems": [{"code": "expiry_date_malformed", "field": "expiry_date"}], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 6, "!lines": 0, "!part": 0}, "record": {"!expiry_date": 0, "problems": [], "!repair": 0}, "!error": 0}
--- status
1
