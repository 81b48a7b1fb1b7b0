# Bytes that are no UTF-8 and no known encoding: replaced, an error.
--- command
cccd-parse
--- stdin escaped
001090000001||Nguy\xfen V\xffn A|01011990|Nam|Hà Nội|15032022\n
--- stdout contains
"name":"Nguy�n V�n A"
"code":"text_encoding","severity":"error","field":"name"
--- status
1
