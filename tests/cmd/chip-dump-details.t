# What DG11 and DG12 tell: texts as they stand, packed dates as digits, pictures and broken text as
# bytes, several of a kind as an array.
--- command
cccd-chip dump e
--- file e/DG11.bin escaped
kt\\\x0e_\x0e_\x0f_+_\x11_\x16_\x15_w_\x0e\x0fNguy\xe1\xbb\x85n V\xc4\x83n A\xa0#\x02\
\x01\x02_\x0f\x0dNGUYEN<<VAN<B_\x0f\x0dNGUYEN<<VAN<C_+\x04\x19\x90\x01\x01_\x11\x14H\xc3\
\xa0 N\xe1\xbb\x99i<Vi\xe1\xbb\x87t Nam_\x16\x03\xff\xd8\xff_\x15\x02\xc0\xc1_w\x01x
--- file e/DG12.bin escaped
l@\\\x08_\x19_&_\x1d_U_\x19\x0cB\xe1\xbb\x99 "M\xe1\xba\xabu"_&\x0820250101_\x1d\x07pict\
ure_U\x07 %\x01\x02\x03\x04\x05_\x1b\x011_\x1b\x012
--- file e/manifest.json
{"v": 1, "time": "2026-01-02T03:04:05Z", "reader": "Sample reader", "files": [{"file": "DG11", "path": "DG11.bin", "bytes": 118, "sha256": "60aeb81287dd1a2a6f8393bc50d128edb7e8ac42c522047e15ccde34b6a90840"}, {"file": "DG12", "path": "DG12.bin", "bytes": 66, "sha256": "b714186810eaadf2165da8ea6d8d4257fa67d2281557ef348e0028652d73b54e"}]}
--- stdout json
{"chip": {"details": {"full_name": "Nguyễn Văn A", "other_name": ["NGUYEN<<VAN<B", "NGUYEN<<VAN<C"], "full_birth_date": "19900101", "place_of_birth": "Hà Nội<Việt Nam", "proof_of_citizenship": {"base64": "/9j/"}, "personal_summary": {"base64": "wME="}, "unknown": [{"tag": "5F77", "base64": "eA=="}]}, "document": {"issuing_authority": "Bộ \"Mẫu\"", "date_of_issue": "20250101", "front_image": {"base64": "cGljdHVyZQ=="}, "personalization_time": "20250102030405", "endorsements": ["1", "2"]}, "!error": 0}}
