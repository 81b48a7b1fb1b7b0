# A table with stable names above; errors have their own column.
--- command
cccd-parse --format csv cards -
--- file cards
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
048185000003|234567890|Lê Thị Thử Nghiệm|07071985|Nữ|Tổ 5, Phường Thí Nghiệm, Đà Nẵng|12092024||||
x
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout
path,line,id,old_id,name,birth_date,sex,residence,issue_date,card,expiry,issuer,problems,error
cards,1,001090000001,012345678,Nguyễn Văn A,1990-01-01,male,"Số 1, Phố Thử, Phường Mẫu, Hà Nội",2022-03-15,cccd-2021,2030-01-01,Cục Cảnh sát quản lý hành chính về trật tự xã hội,,
cards,2,048185000003,234567890,Lê Thị Thử Nghiệm,1985-07-07,female,"Tổ 5, Phường Thí Nghiệm, Đà Nẵng",2024-09-12,can-cuoc-2024,2045-07-07,Bộ Công an,,
cards,3,,,,,,,,,,,,not_a_card
,1,001090000001,012345678,Nguyễn Văn A,1990-01-01,male,"Số 1, Phố Thử, Phường Mẫu, Hà Nội",2022-03-15,cccd-2021,2030-01-01,Cục Cảnh sát quản lý hành chính về trật tự xã hội,,
--- status
1
