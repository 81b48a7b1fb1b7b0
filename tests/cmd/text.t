# For a person's eyes: every field in a line of its own, problems below.
--- command
cccd-parse --format text cards -
--- file cards
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdin
001060000001||Nguyễn Văn Bê|01011960|Nam||01032022
x
--- stdout
cards:1
  Card number:              001090000001
  Old CMND number:          012345678
  Name:                     Nguyễn Văn A
  Date of birth:            1990-01-01
  Sex:                      male
  Residence:                Số 1, Phố Thử, Phường Mẫu, Hà Nội
  Date of issue:            2022-03-15
  Place of issue:           Cục Cảnh sát quản lý hành chính về trật tự xã hội
  Date of expiry by law:    2030-01-01
  Kind of card:             chip card of 2021 (CCCD)
  Birth registered in:      Hà Nội

line 1
  Card number:              001060000001
  Old CMND number:          none on the card; if there was one, the police office that took the application confirms it
  Name:                     Nguyễn Văn Bê
  Date of birth:            1960-01-01
  Sex:                      male
  Date of issue:            2022-03-01
  Place of issue:           Cục Cảnh sát quản lý hành chính về trật tự xã hội
  Date of expiry by law:    no expiry
  Kind of card:             chip card of 2021 (CCCD)
  Birth registered in:      Hà Nội
  warning: there is no residence

line 2
  this is no payload of an identity card
--- status
1
