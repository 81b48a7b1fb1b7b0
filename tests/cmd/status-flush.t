# --flush hands on every record at once.
--- command
{ echo '001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022'; sleep 2; } | cccd-parse --flush | { read -t 1.5 line; echo ${#line} | grep -c '^[0-9][0-9][0-9]'; cat >/dev/null; }
--- stdout
1
