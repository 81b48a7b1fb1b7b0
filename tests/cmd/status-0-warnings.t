# Warnings alone do not count.
--- command
cccd-parse >/dev/null; echo $?; cccd-parse --strict <w >/dev/null; echo $?; cccd-parse -s <n >/dev/null; echo $?
--- file w
001091000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
--- file n
001090000001||NGUYỄN VĂN A|01011990|Nam|Hà Nội|15032022
--- stdin
001091000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
--- stdout
0
1
0
