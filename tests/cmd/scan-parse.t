# What cccd-scan writes, cccd-parse reads: the record joins what was there.
--- command
cd "$CCCD_TOP/tests/data/scan"; set -o pipefail; cccd-scan front.jpg | cccd-parse
--- stdout json
{"v": 1, "source": {"path": "front.jpg", "!line": 0}, "image": {"format": "jpeg", "width": 880, "height": 660}, "symbol": {"kind": "cccd", "text": "004163091612|815716371|Sùng Trọng Tuấn|10081963|Nữ|Cụm 10, Ảng Nưa, Cẩm Phả, Hải Phòng|11092021", "version": 7}, "record": {"id": "004163091612", "old_id": "815716371", "name": "Sùng Trọng Tuấn", "birth_date": "1963-08-10", "sex": "female", "residence": "Cụm 10, Ảng Nưa, Cẩm Phả, Hải Phòng", "issue_date": "2021-09-11", "card": "cccd-2021"}, "!error": 0}
