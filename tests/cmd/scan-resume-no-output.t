# A picture named in the wrong place is not overwritten.
--- command
cp "$CCCD_TOP/tests/data/scan/front.jpg" a.jpg; cccd-scan --resume a.jpg b.jpg 2>/dev/null; echo $?; cmp a.jpg "$CCCD_TOP/tests/data/scan/front.jpg"
--- stdout
4
