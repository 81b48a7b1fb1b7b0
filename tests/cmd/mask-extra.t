# Further fields, originals of repairs, values of problems and zones are left out or hidden.
--- command
cccd-parse -m
--- stdin
001218000004||Nguyễn Thử|05062018|Nam|Hà Nội|20082024|001218000999|Nguyễn Văn Cha||x
001190000001||Tr022501860167n Th022501870139 Th022501870173 Nghi022501870135m|01011990|N022501870175|Ph01980176022501870157ng M022501860171u, Qu022501860173n Th022501870173 01960144022501870169c|15032022
00109000001|0123456789|Phạm Mẫu|30021990|Nam|Hà Nội|15032022
IDVNM0900000018001090000001<<9
9001011M3001019VNM<<<<<<<<<<<6
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout json
{"record": {"extra": ["***", "***", "", "***"]}}
{"record": {"name": "Trần T*** T*** N***", "repair": {"kind": "utf8-decimal", "!original": 0, "!original_base64": 0}}}
{"record": {"!id": 0, "problems": [{"code": "id_malformed", "!value": 0}, {"code": "old_id_malformed", "!value": 0}, {"code": "birth_date_impossible", "!value": 0}]}}
{"record": {"id": "001******001", "!mrz": 0, "derived": {"name_ascii": "NGUYEN V*** A***"}}}
--- status
1
