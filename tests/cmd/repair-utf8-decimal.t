# Damage of the kind utf8-decimal is undone; what stood there is kept.
--- command
cccd-parse
--- stdin
001190000001||Tr022501860167n Th022501870139 Th022501870173 Nghi022501870135m|01011990|N022501870175|Ph01980176022501870157ng M022501860171u, Qu022501860173n Th022501870173 01960144022501870169c|15032022
--- stdout json
{"record": {"name": "Trần Thị Thử Nghiệm", "sex": "female", "residence": "Phường Mẫu, Quận Thử Đức", "repair": {"kind": "utf8-decimal", "confidence": "certain", "original": {"name": "Tr022501860167n Th022501870139 Th022501870173 Nghi022501870135m", "sex": "N022501870175", "residence": "Ph01980176022501870157ng M022501860171u, Qu022501860173n Th022501870173 01960144022501870169c"}, "!original_base64": 0}, "problems": [{"code": "text_repaired", "field": "name"}, {"code": "text_repaired", "field": "sex"}, {"code": "text_repaired", "field": "residence"}]}}
