# English headings.
--- command
cccd-parse --format tsv --headings en --fields id,name,expiry,problems
--- stdin
001060000001||Nguyễn Văn A|01011960|Nam||01032022
--- stdout
Card number	Name	Date of expiry by law	Problems
001060000001	Nguyễn Văn A	no expiry	there is no residence
