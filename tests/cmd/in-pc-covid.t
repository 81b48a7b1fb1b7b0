# The code of the pandemic's app is named as what it is, with its number masked or not.
--- command
cccd-parse
--- stdin
001090000001|NGUYEN VAN A|1990-01-01|1|abcdef|
0010****0001|NGUYEN VAN A|1990-01-01|0|abcdef|x
001090000001|NGUYEN VAN A|1990-01-01|1|abcdef
--- stdout json
{"v": 1, "source": {"line": 1}, "error": {"code": "pc_covid"}, "!record": 0}
{"v": 1, "source": {"line": 2}, "error": {"code": "pc_covid"}, "!record": 0}
{"v": 1, "source": {"line": 3}, "error": {"code": "pc_covid"}, "!record": 0}
--- status
1
