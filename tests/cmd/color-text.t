# Colour in text stands on the grade.
--- command
cccd-parse --format text --color always --fields id
--- stdin
001091000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
--- stdout escaped
line 1
  Card number: 001091000001
  \e[33mwarning\e[0m: the number stands for another year of birth; a corrected birth date or a re-established number explains it lawfully\n
