# A cell that begins a formula is neutralised, whoever wrote it.
--- command
cccd-parse --format csv --fields name,residence
--- stdin
001090000001||=1+1|01011990|Nam|@SUM(A1)|15032022
001090000001||+84|01011990|Nam|-2|15032022
001090000001||Văn=A|01011990|Nam|'x|15032022
001090000001||=cmd;' /C calc'!A0|01011990|Nam|=HYPERLINK("http://x","y")|15032022
--- stdout
name,residence
'=1+1,'@SUM(A1)
'+84,'-2
Văn=A,'x
'=cmd;' /C calc'!A0,"'=HYPERLINK(""http://x"",""y"")"
