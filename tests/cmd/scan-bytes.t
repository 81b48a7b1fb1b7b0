# The bytes as they stand in the symbol, beside the text.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan front.jpg | sed -E 's/.*"bytes":"([^"]*)".*/\1/' | base64 -d
--- stdout escaped
004163091612|815716371|Sùng Trọng Tuấn|10081963|Nữ|Cụm 10, Ảng Nưa, Cẩm Phả, Hải Phòng|11092021