# Eight fields without a readable birth date: what stands in its place is kept, what does not is told.
--- command
cccd-parse
--- stdin
001090000001||Nguyễn Văn A|0101199|Nam|Hà Nội|15032022|
--- stdout contains
"id":"001090000001"
"code":"field_count"
"code":"birth_date_malformed"
--- status
1
