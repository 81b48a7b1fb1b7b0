# Of a scanned object only v, source, and the symbol without its text stay.
--- command
cccd-parse --mask
--- stdin
{"v":1,"source":{"path":"a.jpg"},"symbol":{"text":"001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022","bytes":"MDAx","kind":"cccd"},"more":"001090000001"}
{"v":1,"source":{"path":"a.jpg"},"symbol":{"text":"001090000001 Nguyễn Văn A"}}
--- stdout json
{"v": 1, "source": {"path": "a.jpg"}, "symbol": {"kind": "cccd", "!text": 0, "!bytes": 0}, "!more": 0, "record": {"id": "001******001"}}
{"symbol": {"!text": 0}, "error": {"code": "not_a_card"}}
--- status
1
