# The same in text, also in values of problems and errors that another program sent.
--- command
cccd-parse --format text --fields name
--- stdin escaped
001090000001|\x1b[2J|A\xe2\x80\xaeB\xe2\x80\x8bC\xe2\x81\xa6D\xef\xbb\xbfE|01011990|Nam|Hà Nội|15032022\n{"v":1,"source":{},"error":{"code":"\\u001b[31mboo\\u202e","message":"x"}}\n
--- stdout contains
line 1
  Name: A\u{202E}B\u{200B}C\u{2066}DE
--- status
3
