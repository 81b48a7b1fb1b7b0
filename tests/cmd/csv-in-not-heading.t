# A line with commas is no heading unless it names the number or the name and one more.
--- command
cccd-parse
--- stdin
a,b,c
name,x
Hà Nội, Việt Nam
--- stdout json
{"v": 1, "source": {"line": 1}, "error": {"code": "not_a_card"}, "!record": 0}
{"v": 1, "source": {"line": 2}, "error": {"code": "not_a_card"}, "!record": 0}
{"v": 1, "source": {"line": 3}, "error": {"code": "not_a_card"}, "!record": 0}
--- status
1
