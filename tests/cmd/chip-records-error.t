# Lines of an error are passed on as they are, each with its grade.
--- command
cccd-chip read
--- stdin
{"v":1,"source":{"path":"a"},"error":{"code":"not_a_card","message":"-"},"mine":[1, 2]}
--- stdout
{"v":1,"source":{"path":"a"},"error":{"code":"not_a_card","message":"-"},"mine":[1, 2]}
--- status
1
