# The last day before the first chip cards, and the first day of theirs; also in an office's list.
--- command
cccd-parse -f csv --fields issue_date,problems; cccd-parse -f csv --fields issue_date,problems list
--- stdin
001090000001||Nguyễn Văn A|01011990|Nam|Hà Nội|31122020
001090000001||Nguyễn Văn A|01011990|Nam|Hà Nội|01012021
--- file list
Số CCCD,Họ tên,Ngày sinh,Ngày cấp
'001090000001,Nguyễn Văn A,5/6/1980,5/6/2005
--- stdout
issue_date,problems
2020-12-31,issue_date_early
2021-01-01,
issue_date,problems
2005-06-05,id_year_mismatch;issue_date_early
