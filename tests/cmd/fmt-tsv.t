# The same with tabs; commas need no quotes then.
--- command
cccd-parse --format tsv --fields id,residence,name
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout
id	residence	name
001090000001	Số 1, Phố Thử, Phường Mẫu, Hà Nội	Nguyễn Văn A
