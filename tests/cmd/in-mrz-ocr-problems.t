# The problems of a zone with O for 0.
--- command
cccd-parse
--- stdin
IDVNM09000000180O1090000001<<9
9001011M3001019VNM<<<<<<<<<<<6
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout contains
"code":"mrz_check_id"
"code":"mrz_ocr"
"code":"id_malformed","severity":"error","field":"id","value":"0O1090000001"
--- status
1
