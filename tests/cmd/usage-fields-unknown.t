# Wrong usage is told on stderr, with the way to the help; nothing is read or written.
--- command
cccd-parse --format csv --fields id,nam
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout
--- stderr
cccd-parse: --fields names a column that does not exist or comes twice: id,nam
For help: cccd-parse --help
--- status
2
