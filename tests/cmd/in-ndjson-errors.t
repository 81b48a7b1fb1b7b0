# Error lines pass unchanged; one of an unknown code counts as unreadable.
--- command
cccd-parse
--- stdin
{ "v":1, "source" : {"path":"a.jpg"}, "error":{"code":"no_symbol","message":"there is none"}, "step":7.0}
{"v":1,"source":{"path":"b.jpg"},"error":{"code":"scan_crashed","message":"x"}}
--- stdout
{ "v":1, "source" : {"path":"a.jpg"}, "error":{"code":"no_symbol","message":"there is none"}, "step":7.0}
{"v":1,"source":{"path":"b.jpg"},"error":{"code":"scan_crashed","message":"x"}}
--- status
3
