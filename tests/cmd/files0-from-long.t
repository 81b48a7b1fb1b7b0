# A name too long for any file is an input that cannot be read, and the next name is.
--- command
(head -c 1500000 /dev/zero | tr '\0' x; printf '\0a\0') >list; cccd-parse --files0-from list 2>/dev/null | tail -1 | grep -c 079300000002
--- file a
079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021
--- stdout
1
