# What has no record yields a line all the same, with the members that every line has; errors pass.
--- command
cccd-chip read
--- stdin
{}
{"a":1}
no JSON
{"source":3,"v":1,"b":[]}
{"v":1,"source":{},"symbol":{"text":"x"},"error":{"code":"not_a_card","message":"-"}}
{"v":1,"source":{},"symbol":{"text":"x"}}
--- stdout json
{"v": 1, "source": {}, "chip": {"error": {"code": "no_key"}}}
{"v": 1, "source": {}, "a": 1, "chip": {"error": {"code": "no_key"}}}
{"v": 1, "source": {}, "chip": {"error": {"code": "no_key"}}}
{"v": 1, "source": {}, "b": [], "chip": {"error": {"code": "no_key"}}}
{"v": 1, "source": {}, "symbol": {"text": "x"}, "error": {"code": "not_a_card"}, "!chip": 0}
{"v": 1, "source": {}, "symbol": {"text": "x"}, "chip": {"error": {"code": "no_key"}}}
--- status
1
