# A source that is no object gives way to ours; none stands there twice.
--- command
cccd-parse | grep -o '"source"' | wc -l
--- stdin
{"v":1,"source":"x","symbol":{"text":"001090000001|012345678|Nguyễn Văn A|01011990|Nam|Hà Nội|15032022"}}
--- stdout
1
