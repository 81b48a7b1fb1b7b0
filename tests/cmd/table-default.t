# The columns that stand there unless others are asked for.
--- command
cccd-parse -f table
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout
Card number   Name          Date of birth  Sex   Old CMND number  Date of issue  Date of expiry by law  Remarks
001090000001  Nguyễn Văn A  1990-01-01     male  012345678        2022-03-15     2030-01-01
