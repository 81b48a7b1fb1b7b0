# A lone CR inside a cell needs quotes as well.
--- command
cp cards $'a\rb' && cccd-parse --format csv --fields path,id $'a\rb'
--- file cards
001090000001||A|01011990|Nam|Hà Nội|15032022
--- stdout escaped
path,id\n"a\rb",001090000001\n
