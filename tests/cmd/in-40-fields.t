# Very many fields: all are kept; what is beyond the record's room stands in the last one as it came.
--- command
cccd-parse
--- stdin
001090000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15082024|||||||||||||||||||||||||||||||||
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "old_id": null, "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Hà Nội", "issue_date": "2024-08-15", "extra": ["", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "||||||||"], "problems": [{"code": "field_count", "!field": 0}, {"code": "extra_present"}], "!repair": 0}, "!error": 0}
