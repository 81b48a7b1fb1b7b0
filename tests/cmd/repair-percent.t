# Damage of the kind percent-escape is undone; what stood there is kept.
--- command
cccd-parse
--- stdin
001190000001||Tr%E1%BA%A7n Th%E1%BB%8B Th%E1%BB%AD Nghi%E1%BB%87m|01011990|N%E1%BB%AF|Ph%C6%B0%E1%BB%9Dng M%E1%BA%ABu, Qu%E1%BA%ADn Th%E1%BB%AD %C4%90%E1%BB%A9c|15032022
--- stdout json
{"record": {"name": "Trần Thị Thử Nghiệm", "sex": "female", "residence": "Phường Mẫu, Quận Thử Đức", "repair": {"kind": "percent-escape", "confidence": "certain", "original": {"name": "Tr%E1%BA%A7n Th%E1%BB%8B Th%E1%BB%AD Nghi%E1%BB%87m", "sex": "N%E1%BB%AF", "residence": "Ph%C6%B0%E1%BB%9Dng M%E1%BA%ABu, Qu%E1%BA%ADn Th%E1%BB%AD %C4%90%E1%BB%A9c"}, "!original_base64": 0}, "problems": [{"code": "text_repaired", "field": "name"}, {"code": "text_repaired", "field": "sex"}, {"code": "text_repaired", "field": "residence"}]}}
