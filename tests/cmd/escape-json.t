# Quotes and backslashes in JSON.
--- command
cccd-parse
--- stdin
001090000001||A "B" \C|01011990|Nam|x/y\z|15032022
--- stdout json
{"record": {"name": "A \"B\" \\C", "residence": "x/y\\z"}}
