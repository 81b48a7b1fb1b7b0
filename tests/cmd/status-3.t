# A file that is not there, a folder, broken JSON: told, and the rest is read.
--- command
mkdir d; cccd-parse none d cards
--- file cards
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"path": "none", "!line": 0}, "error": {"code": "file_unreadable", "errno": 2}, "!record": 0}
{"v": 1, "source": {"path": "d", "!line": 0}, "error": {"code": "file_unreadable", "errno": 21}}
{"v": 1, "source": {"path": "cards", "line": 1}, "record": {"id": "001090000001", "old_id": "012345678", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021", "problems": [], "!repair": 0}, "!error": 0}
--- stderr
cccd-parse: none: No such file or directory
cccd-parse: d: Is a directory
--- status
3
