# One JSON array; the same objects as NDJSON, also when there is none.
--- command
cccd-parse -f json >all && cccd-parse </dev/null -f json && /usr/bin/python3 -c 'import json; print([o["record"]["id"] if "record" in o else o["error"]["code"] for o in json.load(open("all"))])'
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
048185000003|234567890|Lê Thị Thử Nghiệm|07071985|Nữ|Tổ 5, Phường Thí Nghiệm, Đà Nẵng|12092024||||
079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021
--- stdout
[]
['001090000001', '048185000003', '079300000002']
