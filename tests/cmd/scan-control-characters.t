# Control characters inside a field are left out, and told.
--- command
cccd-parse
--- stdin escaped
001090000001||Nguyễn\x01 Văn\x7f A|01011990|Nam|Hà\xc2\x85 Nội|15032022\n
--- stdout contains
"code":"control_characters","severity":"note","field":"name"
"code":"control_characters","severity":"note","field":"residence"
"name":"Nguyễn Văn A"
"residence":"Hà Nội"
