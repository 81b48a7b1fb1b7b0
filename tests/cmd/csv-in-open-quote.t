# A quote that is never closed costs its own line alone; a number that is missing is told.
--- command
cccd-parse -f csv --fields line,id,name,problems,error
--- stdin
STT;Số CCCD/CMND;Họ tên;Năm sinh;Ngày cấp CCCD
1;001090000001;Nguyễn Văn A;1990;15/03/2022
2;;"x;1990;
3;001090000001;Nguyễn Văn C;1990;1/2/2022
4;;Nguyễn Văn D;01/01/1990;
--- stdout
line,id,name,problems,error
2,001090000001,Nguyễn Văn A,birth_date_partial,
3,,,,csv_invalid
4,001090000001,Nguyễn Văn C,birth_date_partial,
5,,Nguyễn Văn D,field_missing,
--- status
3
