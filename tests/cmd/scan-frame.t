# STX, ETX and an AIM identifier around the code; letters that became question marks.
--- command
cccd-parse -f csv --fields id,name,issue_date,problems
--- stdin escaped
\x02]Q1001090000001|012345678|Nguy?n V?n A|01011990|Nam|S? 1|15032022\x03\r\n
--- stdout
id,name,issue_date,problems
001090000001,Nguy?n V?n A,2022-03-15,diacritics_lost;name_characters
