# No colour into a pipe, none with never.
--- command
(cccd-parse --format table; echo) <cards | LC_ALL=C grep -c $'\e'; cccd-parse --color never --format text <cards | LC_ALL=C grep -c $'\e'
--- file cards
001091000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
--- stdout
0
0
--- status
1
