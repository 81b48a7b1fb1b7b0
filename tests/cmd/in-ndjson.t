# Symbols of cccd-scan, as text or as bytes; a record that is there already is made anew.
--- command
cccd-parse
--- stdin
{"v":1,"source":{"path":"a.jpg","page":1},"symbol":{"text":"001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022","kind":"cccd","ms":1.50,"corners":[[1,2],[3,4]]},"x-other":{"big":1.0e2,"\u0061":"\u00e1"}}
{"v":1,"source":{"path":"b.png","frame":2},"symbol":{"bytes":"MDc5MzAwMDAwMDAyfHxUcuG6p24gVGjhu4sgQsOtY2ggTmfhu41jfDE1MDgyMDAwfE7hu698MTIvMyDEkMaw4budbmcgTeG6q3UsIFF14bqtbiBUaMOtIEThu6UsIFRQLiBI4buTIENow60gTWluaHwyMDEwMjAyMQ=="}}
{"v":1,"source":{"path":"c.png"},"symbol":{"text":"001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022"},"record":{"card":"unknown","derived":{"name_ascii":""},"problems":[]}}
{"v":1,"source":{"path":"d.png"},"symbol":{"text":"001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022"},"error":{"code":"stale","message":"x"}}
--- stdout json
{"v": 1, "source": {"path": "a.jpg", "page": 1, "!line": 0}, "record": {"id": "001090000001", "old_id": "012345678", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"path": "b.png", "frame": 2}, "record": {"id": "079300000002", "old_id": null, "name": "Trần Thị Bích Ngọc", "birth_date": "2000-08-15", "sex": "female", "residence": "12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh", "issue_date": "2021-10-20", "card": "cccd-2021", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"path": "c.png"}, "record": {"id": "001090000001", "old_id": "012345678", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"path": "d.png"}, "record": {"id": "001090000001", "old_id": "012345678", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Số 1, Phố Thử, Phường Mẫu, Hà Nội", "issue_date": "2022-03-15", "card": "cccd-2021", "problems": [], "!repair": 0}, "!error": 0}
