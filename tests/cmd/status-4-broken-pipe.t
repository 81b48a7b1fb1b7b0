# A reader that went away knows it: quiet, 4, and the reading ends.
--- command
yes '001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022' | { cccd-parse; echo $? >&2; } | head -2 | wc -l
--- stdout
2
--- stderr
4
