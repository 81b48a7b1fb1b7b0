# With -0 a line may hold line breaks: an open quote still costs one line.
--- command
cccd-parse -0 -f csv --fields line,id,error
--- stdin escaped
id,name\0001090000001,"x\ny\0079300000002,B\0
--- stdout
line,id,error
2,,csv_invalid
3,079300000002,
--- status
3
