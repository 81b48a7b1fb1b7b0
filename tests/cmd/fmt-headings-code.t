# Stable names above the table where they are asked for.
--- command
cccd-parse --format table --headings code --fields id,name
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout
id            name
001090000001  Nguyễn Văn A
