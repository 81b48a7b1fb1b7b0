# The same with tabs.
--- command
cccd-parse --format tsv --bom --fields id,name
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout escaped
\xef\xbb\xbfid	name\r
"=""001090000001"""	Nguyễn Văn A\r\n
