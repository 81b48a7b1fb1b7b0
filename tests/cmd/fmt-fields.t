# --fields chooses and orders; blanks around the names do no harm.
--- command
cccd-parse --format csv --fields 'can, mrz_number ,area,area_name,number_sex,number_birth_year,age_at_issue,name_ascii,severity,remarks,part,expiry_date,extra'
--- stdin
048185000003|234567890|Lê Thị Thử Nghiệm|07071985|Nữ|Tổ 5, Phường Thí Nghiệm, Đà Nẵng|12092024||||
--- stdout
can,mrz_number,area,area_name,number_sex,number_birth_year,age_at_issue,name_ascii,severity,remarks,part,expiry_date,extra
000003,185000003,048,Đà Nẵng,female,1985,39,LE THI THU NGHIEM,,,,,
