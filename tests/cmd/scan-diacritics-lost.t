# Diacritics lost on the way: Nu is Nữ, the name stays as it came, and somebody is told.
--- command
cccd-parse
--- stdin
001190000001||Tran Thi Nguyen|01011990|Nu|Phuong Mau, Ha Noi|15032022
--- stdout contains
"name":"Tran Thi Nguyen"
"sex":"female"
"residence":"Phuong Mau, Ha Noi"
"code":"sex_spelling"
"code":"diacritics_lost"
