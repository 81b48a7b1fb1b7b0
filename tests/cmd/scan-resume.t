# Two runs on the same file make what one makes.
--- command
cd "$CCCD_TOP/tests/data/scan"; o=$TMPDIR/out; cccd-scan --resume $o front.jpg menu.png; cccd-scan --resume $o front.jpg menu.png turned.jpg; cccd-scan --resume $o front.jpg menu.png turned.jpg; grep -o '"path":"[^"]*"' $o; stat -c %a $o
--- stdout
"path":"front.jpg"
"path":"menu.png"
"path":"turned.jpg"
600
