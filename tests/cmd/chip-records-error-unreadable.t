# What could not be read makes 3.
--- command
cccd-chip read
--- stdin
{"v":1,"source":{"path":"a"},"error":{"code":"truncated","message":"-"}}
--- stdout
{"v":1,"source":{"path":"a"},"error":{"code":"truncated","message":"-"}}
--- status
3
