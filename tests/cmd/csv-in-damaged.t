# Tables hold damaged text too.
--- command
cccd-parse
--- stdin
id,name,residence
001090000001,Nguy022501870133n V01960131n 022501860160,H01950160 N022501870153i
--- stdout json
{"record": {"name": "Nguyễn Văn Ạ", "residence": "Hà Nội", "repair": {"kind": "utf8-decimal", "original": {"name": "Nguy022501870133n V01960131n 022501860160"}}, "problems": [{"code": "text_repaired", "field": "name"}, {"code": "text_repaired", "field": "residence"}]}}
