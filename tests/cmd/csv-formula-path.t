# File names are from outside too.
--- command
cccd-parse --format csv --fields path,id -- =1+1.txt @x
--- file =1+1.txt
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- file @x
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout
path,id
'=1+1.txt,001090000001
'@x,001090000001
