# A legacy font's bytes are no UTF-8: undone by spelling, the original kept as base64.
--- command
cccd-parse
--- stdin escaped
001190000001||Tr\xc7n Th\xde Th\xf6 Nghi\xd6m|01011990|N\xf7|Ph\xad\xeang M\xc9u, Qu\xcbn Th\xf6 \xa7\xf8c|15032022\n
--- stdout json
{"record": {"name": "Trần Thị Thử Nghiệm", "sex": "female", "residence": "Phường Mẫu, Quận Thử Đức", "repair": {"kind": "tcvn3", "confidence": "likely", "!original": 0, "original_base64": {"name": "VHLHbiBUaN4gVGj2IE5naGnWbQ==", "sex": "Tvc=", "residence": "UGit6m5nIE3JdSwgUXXLbiBUaPYgp/hj"}}}}
