# Stars in the data do not make believe that it is masked already.
--- command
cccd-parse --mask
--- stdin
001090000001|012345678|Nguyễn Văn A*|01011990|Nam|Hà Nội|15032022
{"v":1,"source":{},"record":{"id":"001******001","name":"Nguyễn Văn An","old_id":"012345678","derived":{"name_ascii":"NGUYEN VAN AN"}}}
{"v":1,"source":{},"record":{"id":"001090000001","name":"Nguyễn V*** A***"},"chip":{"name":"Nguyễn Văn An"}}
--- stdout json
{"record": {"id": "001******001", "old_id": "012***678", "name": "Nguyễn V*** A***", "derived": {"name_ascii": "NGUYEN V*** A***"}}}
{"record": {"id": "001******001", "old_id": "012***678", "name": "Nguyễn V*** A***", "derived": {"name_ascii": "NGUYEN V*** A***"}}}
{"record": {"id": "001******001", "name": "Nguyễn V*** A***"}, "!chip": 0}
