# The exit status is that of all that is in the file, not of what was left to do.
--- command
cd "$CCCD_TOP/tests/data/scan"; o=$TMPDIR/out; for files in front.jpg 'front.jpg menu.png turned.jpg' 'front.jpg menu.png turned.jpg nowhere turned.jpg' 'front.jpg menu.png turned.jpg nowhere turned.jpg'; do cccd-scan --resume $o $files; echo $?; done; wc -l <$o
--- stdout
0
1
3
3
5
