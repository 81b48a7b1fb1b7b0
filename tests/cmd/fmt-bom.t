# For Excel and LibreOffice: byte-order mark, CR LF, numbers that stay text; dates stay dates.
--- command
cccd-parse --format csv --bom --fields id,old_id,name,birth_date,residence,can
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021
--- stdout escaped
\xef\xbb\xbfid,old_id,name,birth_date,residence,can\r
"=""001090000001""","=""012345678""",Nguyễn Văn A,1990-01-01,"Số 1, Phố Thử, Phường Mẫu, Hà Nội","=""000001"""\r
"=""079300000002""",,Trần Thị Bích Ngọc,2000-08-15,"12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh","=""000002"""\r\n
