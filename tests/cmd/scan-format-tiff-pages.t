# Two pages, CCITT Group 4, two cards and one; each line tells its page.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan office.tif >"$TMPDIR/out"; echo $?; sed -E 's/.*"page":([0-9]+).*"format":"tiff".*("text":"[^"]*").*/\1 \2/' "$TMPDIR/out" | sort
--- stdout
0
1 "text":"022130464900|245637464|Bùi Phương Nguyên|05041930|Nữ|581/5B đường Phó Mộng Quế, Ấp Ngừa, Kỳ Anh, Đồng Văn, Thái Bình|18062021"
2 "text":"054164690269||Ổn Gia Hải Thái|14061964|Nữ|Ngách 899/5B Ngõ 137 Lộ Thu, Xóm Vứ, Tân Thuận, Sầm Sơn, Vĩnh Long|20042026||||"
2 "text":"092152166025||Lục Quý|07011952|Nữ|khu phố 10, Ỷ La, Cô Tô, Trà Vinh|07082022"
