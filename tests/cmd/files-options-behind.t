# Options may stand behind the files.
--- command
cccd-parse a -f csv --fields path,id
--- file a
079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021
--- stdout
path,id
a,079300000002
