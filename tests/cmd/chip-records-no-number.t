# A record without a number opens no chip.
--- command
cccd-chip read
--- stdin
{"v":1,"source":{},"record":{"name":"Nguyễn Văn A","card":"unknown","derived":{"name_ascii":"NGUYEN VAN A"},"problems":[]}}
--- stdout json
{"v": 1, "source": {}, "record": {"name": "Nguyễn Văn A"}, "chip": {"error": {"code": "no_key"}}}
--- status
1
