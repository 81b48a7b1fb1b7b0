# A table of nothing has its heading.
--- command
cccd-parse --format csv
--- stdin
--- stdout
path,line,id,old_id,name,birth_date,sex,residence,issue_date,card,expiry,issuer,problems,error
