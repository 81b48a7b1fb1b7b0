# -- ends the options; a file may be called like one.
--- command
cccd-parse --format csv --fields path,id -- --strict -
--- file --strict
079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout
path,id
'--strict,079300000002
,001090000001
