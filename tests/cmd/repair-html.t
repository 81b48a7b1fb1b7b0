# Damage of the kind html-escape is undone; what stood there is kept.
--- command
cccd-parse
--- stdin
001190000001||Tr&#7847;n Th&#7883; Th&#7917; Nghi&#7879;m|01011990|N&#7919;|Ph&#432;&#7901;ng M&#7851;u, Qu&#7853;n Th&#7917; &#272;&#7913;c|15032022
--- stdout json
{"record": {"name": "Trần Thị Thử Nghiệm", "sex": "female", "residence": "Phường Mẫu, Quận Thử Đức", "repair": {"kind": "html-escape", "confidence": "certain", "original": {"name": "Tr&#7847;n Th&#7883; Th&#7917; Nghi&#7879;m", "sex": "N&#7919;", "residence": "Ph&#432;&#7901;ng M&#7851;u, Qu&#7853;n Th&#7917; &#272;&#7913;c"}, "!original_base64": 0}, "problems": [{"code": "text_repaired", "field": "name"}, {"code": "text_repaired", "field": "sex"}, {"code": "text_repaired", "field": "residence"}]}}
