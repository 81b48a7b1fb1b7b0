# Colour where it is asked for: by the gravest problem.
--- command
cccd-parse --format table --color=always --fields id,remarks
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
001091000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
x
--- stdout escaped
Card number   Remarks
001090000001
\e[33m001091000001  the number stands for another year of birth; a corrected birth date or a re-established number explains it lawfully\e[0m
\e[31m              line 3: this is no payload of an identity card\e[0m\n
--- status
1
