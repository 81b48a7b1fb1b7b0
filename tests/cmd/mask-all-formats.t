# No number, no name and no CAN of these people comes out in any format.
--- command
for f in ndjson json csv tsv table text; do cccd-parse --mask --format $f cards; done >all; for h in vi en; do cccd-parse --mask --format csv --headings $h --bom --fields path,line,part,id,old_id,name,birth_date,expiry_date,card,extra,expiry,issuer,area,area_name,number_sex,number_birth_year,mrz_number,can,age_at_issue,name_ascii,repair,severity,problems,error,remarks cards; done >>all
LC_ALL=C grep -aE '0900000[0-9]*1|00109000000|012345678|234567890|048185000|185000003|079300000|300000002|001218000|Văn A|Thử Nghiệm|Bích|Nguyễn Thử|Văn Cha|Thị Mẹ|VAN A|VAN<A|THU NGHIEM|BICH|NGOC|0123456789|30021990|MDAx|022501860167' all | head -5; grep -aE '(^|[^0-9*])0000(01|02|03|04)([^0-9]|$)' all | head -5; wc -l <all | grep -c '^[0-9][0-9][0-9]$'
--- file cards
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
048185000003|234567890|Lê Thị Thử Nghiệm|07071985|Nữ|Tổ 5, Phường Thí Nghiệm, Đà Nẵng|12092024||||
079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021
001218000004||Nguyễn Thử|05062018|Nam|Hà Nội|20082024|001218000999|Nguyễn Văn Cha|Trần Thị Mẹ|x
IDVNM0900000018001090000001<<9
9001011M3001019VNM<<<<<<<<<<<6
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
IDVNM0900000018001090000001<<99001011M3001019VNM<<<<<<<<<<<6NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
001190000001||Tr022501860167n Th022501870139 Th022501870173 Nghi022501870135m|01011990|N022501870175|Ph01980176022501870157ng M022501860171u, Qu022501860173n Th022501870173 01960144022501870169c|15032022
00109000001|0123456789|Phạm Mẫu|30021990|Nam|Hà Nội|15032022
001090000001|0123456789|Nguyễn Văn A|01011990|Nam|Hà Nội||15032022
{"v":1,"source":{"path":"a.jpg"},"symbol":{"text":"001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022","bytes":"MDAx","kind":"cccd"},"more":"001090000001"}
{"v":1,"source":{"path":"a.jpg"},"symbol":{"text":"001090000001 Nguyễn Văn A"}}
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022079300000002||Trần Thị Bích Ngọc|15082000|Nữ|12/3 Đường Mẫu, Quận Thí Dụ, TP. Hồ Chí Minh|20102021
001090000001
012345678
Nguyễn Văn A
01011990
Nam
Số 1, Phố Thử, Phường Mẫu, Hà Nội
15032022
--- stdout
1
