# A masked record stays what it is, masked once more or not, and no problem comes of the stars.
--- command
cccd-parse --mask cards >a && cccd-parse --strict a | cmp - a && cccd-parse --mask --strict --format csv --fields id,old_id,name,birth_date,sex,expiry,name_ascii,problems a
--- file cards
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021
--- stdout
id,old_id,name,birth_date,sex,expiry,name_ascii,problems
001******001,012***678,Nguyễn V*** A***,1990-01-01,male,2030-01-01,NGUYEN V*** A***,
079******002,,Trần T*** B*** N***,2000-08-15,female,2025-08-15,TRAN T*** B*** N***,
