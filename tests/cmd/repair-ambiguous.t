# CP437 with more than one reading: left as it came, and told.
--- command
cccd-parse
--- stdin
001090000001||Tí ┴|01011990|Nam|A|15032022
--- stdout contains
"code":"text_ambiguous","severity":"warning","field":"name"
"name":"Tí
