# Numbers too big for this machine pass as they are.
--- command
cccd-parse | sed 's/,"record":.*//; s/^/> /'
--- stdin
{"v":1,"source":{},"n":123456789012345678901234567890,"symbol":{"text":"001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022"}}
--- stdout
> {"v":1,"source":{},"n":123456789012345678901234567890,"symbol":{"text":"001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022"}
