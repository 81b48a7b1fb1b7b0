# Letters in one argument, the value close by or apart.
--- command
cccd-parse -smfcsv --fields id; cccd-parse -sm -f csv --fields=id
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout
id
001******001
id
