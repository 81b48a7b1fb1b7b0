# In Vietnamese: headings, dates as they are written there.
--- command
cccd-parse --lang vi --format table --fields id,name,birth_date
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout
Số định danh  Họ và tên     Ngày sinh
001090000001  Nguyễn Văn A  01/01/1990
