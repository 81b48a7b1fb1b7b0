# Two cards on one bilevel sheet: two lines, in whatever order.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan two-cards.png >"$TMPDIR/out"; echo $?; wc -l <"$TMPDIR/out"; grep -o '"text":"[^"]*"' "$TMPDIR/out" | sort; grep -c '"source":{"path":"two-cards.png"},"image":{"format":"png","width":1654,"height":2339,' "$TMPDIR/out"
--- stdout
0
2
"text":"046053112099||Sầm Nghệ|09011953|Nam|Tổ Dân Phố 18, Ẳng Tở, Ba Chẽ, Vĩnh Long|14092025||||"
"text":"066186715836|738315475|Kim|23051986|Nữ|Xóm 5, Ia Kha, Tủa Chùa, Bình Thuận|14042022"
2
