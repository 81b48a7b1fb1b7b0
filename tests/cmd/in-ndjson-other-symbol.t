# A symbol that is no card keeps its object and gets the error.
--- command
cccd-parse
--- stdin
{"v":1,"source":{"path":"a.jpg"},"symbol":{"text":"https://example.org/","kind":"other"}}
--- stdout json
{"v": 1, "source": {"path": "a.jpg"}, "symbol": {"kind": "other"}, "error": {"code": "not_a_card"}, "!record": 0}
--- status
1
