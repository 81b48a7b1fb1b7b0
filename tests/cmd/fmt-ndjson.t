# The whole line as it is written: the order of the members is part of what people see.
--- command
cccd-parse --format ndjson cards
--- file cards
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout
{"v":1,"source":{"path":"cards","line":1},"record":{"id":"001090000001","old_id":"012345678","name":"Nguyễn Văn A","birth_date":"1990-01-01","sex":"male","residence":"Số 1, Phố Thử, Phường Mẫu, Hà Nội","issue_date":"2022-03-15","card":"cccd-2021","derived":{"expiry":{"date":"2030-01-01","rule":"2014-40"},"issuer":"Cục Cảnh sát quản lý hành chính về trật tự xã hội","number":{"area":"001","area_kind":"province","area_name":"Hà Nội","sex":"male","birth_year":1990},"mrz_number":"090000001","can":"000001","age_at_issue":32,"name_ascii":"NGUYEN VAN A"},"problems":[]}}
