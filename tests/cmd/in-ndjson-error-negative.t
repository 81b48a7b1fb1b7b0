# No code in the image is a negative answer.
--- command
cccd-parse
--- stdin
{ "v":1, "source" : {"path":"a.jpg"}, "error":{"code":"no_symbol","message":"there is none"}, "step":7.0}
--- stdout
{ "v":1, "source" : {"path":"a.jpg"}, "error":{"code":"no_symbol","message":"there is none"}, "step":7.0}
--- status
1
