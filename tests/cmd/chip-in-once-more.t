# A card that is read once more: its line has one chip, the new one.
--- command
cccd-chip read -r replay:nothing 2>/dev/null | tee lines; grep -o '"chip":' lines | wc -l
--- stdin
{"v":1,"source":{},"record":{"id":"001090000001","card":"unknown","derived":{"name_ascii":""},"problems":[]},"chip":{"error":{"code":"no_card","message":"-"}}}
--- stdout matches
\{"v":1,"source":\{\},"record":.*,"chip":\{"error":\{"code":"recording_unreadable".*
1
