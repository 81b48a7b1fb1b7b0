# Also when it comes late, and with every format.
--- command
for f in ndjson json csv tsv table text; do yes '001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022' | head -3000 | cccd-parse --format $f >/dev/full; echo $?; done
--- stdout
4
4
4
4
4
4
--- stderr
cccd-parse: the output: No space left on device
cccd-parse: the output: No space left on device
cccd-parse: the output: No space left on device
cccd-parse: the output: No space left on device
cccd-parse: the output: No space left on device
cccd-parse: the output: No space left on device
