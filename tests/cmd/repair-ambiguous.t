# CP437 with more than one reading (Sơn, Sạn): left as it came, and told.
--- command
cccd-parse
--- stdin
001090000001||Hα Sín|01011990|Nam|A|15032022
--- stdout contains
"name":"Hα Sín"
"code":"text_ambiguous","severity":"warning","field":"name"
