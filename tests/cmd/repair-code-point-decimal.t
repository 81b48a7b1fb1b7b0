# Damage of the kind code-point-decimal is undone; what stood there is kept.
--- command
cccd-parse
--- stdin
001190000001||Tr7847n Th7883 Th7917 Nghi7879m|01011990|N7919|Ph4327901ng M7851u, Qu7853n Th7917 2727913c|15032022
--- stdout json
{"record": {"name": "Trần Thị Thử Nghiệm", "sex": "female", "residence": "Phường Mẫu, Quận Thử Đức", "repair": {"kind": "code-point-decimal", "confidence": "likely", "original": {"name": "Tr7847n Th7883 Th7917 Nghi7879m", "sex": "N7919", "residence": "Ph4327901ng M7851u, Qu7853n Th7917 2727913c"}, "!original_base64": 0}, "problems": [{"code": "text_repaired", "field": "name"}, {"code": "text_repaired", "field": "sex"}, {"code": "text_repaired", "field": "residence"}]}}
