# A file without permission.
--- skip-unless test $(id -u) != 0
--- command
chmod 0 cards; cccd-parse cards
--- file cards
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout json
{"source": {"path": "cards"}, "error": {"code": "file_unreadable", "errno": 13}}
--- stderr
cccd-parse: cards: Permission denied
--- status
3
