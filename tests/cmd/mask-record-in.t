# Records of an earlier run can be masked later.
--- command
cccd-parse cards | cccd-parse --mask >a; cccd-parse --mask cards | cmp - a
--- file cards
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
048185000003|234567890|Lê Thị Thử Nghiệm|07071985|Nữ|Tổ 5, Phường Thí Nghiệm, Đà Nẵng|12092024||||
IDVNM0900000018001090000001<<9
9001011M3001019VNM<<<<<<<<<<<6
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout
