# Names from a list, each ended by a zero byte; also with a newline in it, the last without its end.
--- command
cp a $'b\nc'; printf 'a\0b\nc\0\0none\0a' >list; cccd-parse --format csv --fields path,line,id,error --files0-from list
--- file a
079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021
--- stdout
path,line,id,error
a,1,079300000002,
"b
c",1,079300000002,
none,,,file_unreadable
a,1,079300000002,
--- stderr
cccd-parse: none: No such file or directory
--- status
3
