# A line that was broken off is written anew.
--- command
cd "$CCCD_TOP/tests/data/scan"; o=$TMPDIR/out; cccd-scan --resume $o front.jpg menu.png turned.jpg; truncate -s -40 $o; cccd-scan --resume $o front.jpg menu.png turned.jpg; grep -o '"path":"[^"]*"' $o; tail -c 3 $o
--- stdout
"path":"front.jpg"
"path":"menu.png"
"path":"turned.jpg"
}}
