# Not one control character but the newline comes out.
--- command
(cccd-parse --format text cards; cccd-parse --format table cards) | LC_ALL=C tr -d '\n\040-\176\200-\377' | wc -c; cccd-parse --format text cards | grep -aoE '\\x1B|\\u\{202E\}' | sort | uniq -c | tr -s ' '
--- file cards escaped
001090000001|\x1b[2J|A\xe2\x80\xaeB\xe2\x80\x8bC\xe2\x81\xa6D\xef\xbb\xbfE|01011990|Nam|\xe2\x80\xaex|15032022\n{"v":1,"source":{},"error":{"code":"\\u001b[31mboo\\u202e","message":"x"}}\n
--- stdout
0
 3 \u{202E}
 3 \x1B
