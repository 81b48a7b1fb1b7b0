# A line beyond the limit of 1 MiB is told and skipped; the next one is read.
--- command
(head -c 3000000 /dev/zero | tr '\0' x; echo; cat) | cccd-parse
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1}, "error": {"code": "line_too_long"}, "!record": 0}
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "old_id": "012345678", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021", "problems": [], "!repair": 0}, "!error": 0}
--- status
3
