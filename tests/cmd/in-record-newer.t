# A record of a newer release: what this one does not know is passed through, in other formats left out.
--- command
cccd-parse --format csv --fields id,name,problems,repair
--- stdin
{"v":1,"source":{"line":1},"record":{"id":"001090000001","name":"Nguyễn Văn A","future":{"x":1},"card":"unknown","repair":{"kind":"telepathy","confidence":"certain"},"derived":{"name_ascii":"NGUYEN VAN A"},"problems":[{"code":"moon_phase","severity":"note","message":"x"},{"code":"sex_spelling","severity":"note","message":"x"},7]}}
--- stdout
id,name,problems,repair
001090000001,Nguyễn Văn A,sex_spelling,
