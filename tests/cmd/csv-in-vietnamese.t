# A table of an office: Vietnamese headings in its own words, semicolons, dates with slashes.
--- command
cccd-parse
--- stdin escaped
\xef\xbb\xbfSTT;Số CCCD;Họ và tên;Ngày sinh;Giới tính;Nơi thường trú;Ngày cấp CCCD;Ghi chú\r
1;001090000001;Nguyễn Văn A;01/01/1990;Nam;Hà Nội;15/03/2022;x\r
2;"079300000002";"Trần Thị Ngọc";15/8/2000;Nữ;"Số 1; Nhà ""Mẫu""";20/10/2021;\r\n
--- stdout json
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"id": "001090000001", "name": "Nguyễn Văn A", "birth_date": "1990-01-01", "sex": "male", "residence": "Hà Nội", "issue_date": "2022-03-15", "derived": {"expiry": {"date": "2030-01-01", "rule": "2014-40", "!candidates": 0}, "issuer": "Cục Cảnh sát quản lý hành chính về trật tự xã hội", "number": {"area": "001", "area_kind": "province", "area_name": "Hà Nội", "sex": "male", "birth_year": 1990}, "mrz_number": "090000001", "can": "000001", "age_at_issue": 32, "name_ascii": "NGUYEN VAN A"}, "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 3, "!lines": 0, "!part": 0}, "record": {"id": "079300000002", "name": "Trần Thị Ngọc", "birth_date": "2000-08-15", "sex": "female", "residence": "Số 1; Nhà \"Mẫu\"", "issue_date": "2021-10-20", "problems": [], "!repair": 0}, "!error": 0}
