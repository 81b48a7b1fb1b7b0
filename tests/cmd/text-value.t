# A problem shows what stood there.
--- command
cccd-parse --format text --fields name
--- stdin
001090000001|0123456789|Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
--- stdout
line 1
  Name: Nguyễn Văn A
  warning: the old number is neither 9 nor 12 digits (0123456789)
