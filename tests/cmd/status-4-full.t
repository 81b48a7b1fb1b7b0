# A full disk is told.
--- command
cccd-parse >/dev/full
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stderr
cccd-parse: the output: No space left on device
--- status
4
