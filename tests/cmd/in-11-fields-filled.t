# What the four further fields of 2024 mean is not published: kept raw, in order, and told.
--- command
cccd-parse
--- stdin
001218000004||Nguyễn Thử|05062018|Nam|Hà Nội|20082024|001218000999|Nguyễn Văn Cha|Trần Thị Mẹ|x y
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"id": "001218000004", "old_id": null, "name": "Nguyễn Thử", "birth_date": "2018-06-05", "sex": "male", "issue_date": "2024-08-20", "card": "can-cuoc-2024", "extra": ["001218000999", "Nguyễn Văn Cha", "Trần Thị Mẹ", "x y"], "derived": {"expiry": {"date": "2032-06-05", "rule": "2023-14"}, "age_at_issue": 6}, "problems": [{"code": "extra_present", "field": "extra"}], "!repair": 0}, "!error": 0}
