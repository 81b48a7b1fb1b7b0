# Lines of separators, or of too few fields, are no card.
--- command
cccd-parse
--- stdin
||||||
|||||||||||
001090000001||Nguyễn Văn A|01011990|Nam
a|b|c|d|e|f|g
--- stdout json
{"v": 1, "source": {"line": 1}, "error": {"code": "not_a_card"}, "!record": 0}
{"v": 1, "source": {"line": 2}, "error": {"code": "not_a_card"}, "!record": 0}
{"v": 1, "source": {"line": 3}, "error": {"code": "not_a_card"}, "!record": 0}
{"v": 1, "source": {"line": 4}, "error": {"code": "not_a_card"}, "!record": 0}
--- status
1
