# RFC 4180: quotes doubled, line breaks and delimiters inside quotes.
--- command
cp cards $'a\n"b",c' && cccd-parse --format csv --fields path,name,id $'a\n"b",c'
--- file cards
001090000001||A "B", C|01011990|Nam|Hà Nội|15032022
--- stdout
path,name,id
"a
""b"",c","A ""B"", C",001090000001
