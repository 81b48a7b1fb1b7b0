# A picture of each symbol, and of the page with the symbols outlined: pictures, and of what they should be.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan --crops "$TMPDIR/c" --annotate "$TMPDIR/a" two-cards.png >"$TMPDIR/out"; cd "$TMPDIR"; ls a c | wc -l; grep -oE '"crop":"[^"]*"' out | sort -u | cut -d\" -f4 | xargs cccd-scan | grep -oE '"text":"[^"]*"' | sort; grep -oE '"annotated":"[^"]*"' out | sort -u | wc -l
--- stdout
6
"text":"046053112099||Sầm Nghệ|09011953|Nam|Tổ Dân Phố 18, Ẳng Tở, Ba Chẽ, Vĩnh Long|14092025||||"
"text":"066186715836|738315475|Kim|23051986|Nữ|Xóm 5, Ia Kha, Tủa Chùa, Bình Thuận|14042022"
1
