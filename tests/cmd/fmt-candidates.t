# Where the law leaves two dates, both stand in the cell.
--- command
cccd-parse --format csv --fields expiry
--- stdin
001200000001||Nguyễn Văn A|29022000|Nam|Hà Nội|01032022
001060000001||Nguyễn Văn A|01011960|Nam|Hà Nội|01032022
--- stdout
expiry
2025-02-28;2025-03-01
none
