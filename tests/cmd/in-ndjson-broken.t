# JSON that is none, or holds nothing to parse.
--- command
cccd-parse
--- stdin
{"v":1,
{"a":1,"a":2}
{"v":1,"source":{"path":"x"},"symbol":{"kind":"cccd"}}
{"v":1,"source":{"path":"x"},"record":7}
{"v":1,"source":{"path":"x"},"symbol":{"bytes":"%%%"}}
{} x
{"a":"\ud800"}
--- stdout json
{"v": 1, "source": {"line": 1}, "error": {"code": "json_invalid"}, "!record": 0}
{"v": 1, "source": {"line": 2}, "error": {"code": "json_invalid"}, "!record": 0}
{"v": 1, "source": {"path": "x"}, "error": {"code": "json_no_payload"}}
{"v": 1, "source": {"path": "x"}, "error": {"code": "json_no_payload"}, "!record": 0}
{"v": 1, "source": {"path": "x"}, "error": {"code": "json_no_payload"}}
{"v": 1, "source": {"line": 6}, "error": {"code": "json_invalid"}, "!record": 0}
{"v": 1, "source": {"line": 7}, "error": {"code": "json_invalid"}, "!record": 0}
--- status
3
