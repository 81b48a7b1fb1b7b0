# Damage of the kind mojibake is undone; what stood there is kept.
--- command
cccd-parse
--- stdin
001190000001||Tráº§n Thá» Thá»­ Nghiá»m|01011990|Ná»¯|PhÆ°á»ng Máº«u, Quáº­n Thá»­ Äá»©c|15032022
--- stdout json
{"record": {"name": "Trần Thị Thử Nghiệm", "sex": "female", "residence": "Phường Mẫu, Quận Thử Đức", "repair": {"kind": "mojibake", "confidence": "certain", "original": {"name": "Tráº§n Thá» Thá»­ Nghiá»m", "sex": "Ná»¯", "residence": "PhÆ°á»ng Máº«u, Quáº­n Thá»­ Äá»©c"}, "!original_base64": 0}, "problems": [{"code": "text_repaired", "field": "name"}, {"code": "text_repaired", "field": "sex"}, {"code": "text_repaired", "field": "residence"}]}}
