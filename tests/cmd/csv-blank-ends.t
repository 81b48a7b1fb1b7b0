# Blanks at the ends of a cell survive every reader.
--- command
cp cards ' a ' && cccd-parse --format csv --fields path,id ' a '
--- file cards
001090000001||A|01011990|Nam|Hà Nội|15032022
--- stdout
path,id
" a ",001090000001
