# Two hundred thousand pairs of marks on one letter are no work worth speaking of.
--- command
/usr/bin/python3 -c 'import sys; sys.stdout.buffer.write(("001090000001||A" + "\u0301\u0323" * 200000 + "|01011990|Nam|Hà Nội|15032022\n").encode())' | timeout 20 cccd-parse -f csv --fields id,residence,problems
--- stdout
id,residence,problems
001090000001,Hà Nội,name_characters
