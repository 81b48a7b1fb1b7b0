# Aligned by the width on the screen; what is no card has its remark.
--- command
cccd-parse --format table --fields id,name,sex,remarks
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021
x
--- stdout
Card number   Name                Sex     Remarks
001090000001  Nguyễn Văn A        male
079300000002  Trần Thị Bích Ngọc  female
                                          line 3: this is no payload of an identity card
--- status
1
