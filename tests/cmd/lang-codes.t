# Codes do not change with the language, sentences do.
--- command
cccd-parse --lang vi --list-codes | cut -f1-3 >vi; cccd-parse --lang en --list-codes | cut -f1-3 | cmp - vi; cccd-parse --lang vi --list-codes | cut -f4 | grep -c '^\(the\|this\|there\|no\|several\|letters\|cards\|before\|control\|reading\) '; cccd-parse --lang vi --help | grep -c 'write this format'; true
--- stdout
0
0
