# Vietnamese headings, values in words.
--- command
cccd-parse --lang en --format csv --headings vi --fields id,old_id,name,birth_date,sex,residence,issue_date,issuer,card,expiry,error
--- stdin
079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021
x
--- stdout
Số định danh,Số CMND cũ,Họ và tên,Ngày sinh,Giới tính,Nơi thường trú,Ngày cấp,Nơi cấp,Loại thẻ,Ngày hết hạn theo luật,Lỗi
079300000002,,Trần Thị Bích Ngọc,2000-08-15,female,"12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh",2021-10-20,Cục Cảnh sát quản lý hành chính về trật tự xã hội,chip card of 2021 (CCCD),2025-08-15,
,,,,,,,,,,this is no payload of an identity card
--- status
1
