# All sentences of problems and errors are Vietnamese then.
--- command
cccd-parse --lang vi | grep -oE '"message":"[^"]*"' | LC_ALL=C grep -vc $'[\xc3-\xe1]'; true
--- stdin
001091000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
x

--- stdout
0
