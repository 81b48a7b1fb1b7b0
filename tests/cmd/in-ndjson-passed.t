# A line of cccd-scan is passed through byte for byte, and record is added at its end.
--- command
cccd-parse | sed 's/,"record":.*//; s/^/> /'
--- stdin
{"v":1,"source":{"path":"a.jpg","page":1},"symbol":{"text":"001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022","kind":"cccd","ms":1.50,"corners":[[1,2],[3,4]]},"x-other":{"big":1.0e2,"\u0061":"\u00e1"}}
--- stdout
> {"v":1,"source":{"path":"a.jpg","page":1},"symbol":{"text":"001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022","kind":"cccd","ms":1.50,"corners":[[1,2],[3,4]]},"x-other":{"big":1.0e2,"\u0061":"\u00e1"}
