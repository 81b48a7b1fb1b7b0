# Wide characters take two columns, combining ones none, escaped ones what is shown.
--- command
cccd-parse --format table --fields name,id
--- stdin
001090000001||阮文|01011990|Nam|Hà Nội|15032022
001090000001||Ạ́b|01011990|Nam|Hà Nội|15032022
001090000001||Nguyễn|01011990|Nam|Hà Nội|15032022
001090000001||a​b|01011990|Nam|Hà Nội|15032022
--- stdout
Name        Card number
阮文        001090000001
Ạ́b          001090000001
Nguyễn      001090000001
a\u{200B}b  001090000001
