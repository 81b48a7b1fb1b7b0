# What a reader put before the name is no word that may stay.
--- command
cccd-parse --mask | grep -c 0123456789
--- stdin
001090000001|0123456789|Nguyễn Văn A|01011990|Nam|Hà Nội||15032022
--- stdout
0
--- status
1
