# The day before an age that counts, the day, the day after; both laws; 29 February; cards prolonged
# by article 46 of Law 26/2023; from the words of the law.
--- command
cccd-parse
--- stdin
001200000001||Nguyễn Văn A|16032000|Nam|Hà Nội|15032023
001200000001||Nguyễn Văn A|16032000|Nam|Hà Nội|16032023
001200000001||Nguyễn Văn A|16032000|Nam|Hà Nội|17032023
001085000001||Nguyễn Văn A|16031985|Nam|Hà Nội|15032023
001085000001||Nguyễn Văn A|16031985|Nam|Hà Nội|16032023
001065000001||Nguyễn Văn A|16031965|Nam|Hà Nội|15032023
001065000001||Nguyễn Văn A|16031965|Nam|Hà Nội|16032023
001212000001||Nguyễn Văn A|16092012|Nam|Hà Nội|15092024||||
001212000001||Nguyễn Văn A|16092012|Nam|Hà Nội|16092024||||
001202000001||Nguyễn Văn A|16092002|Nam|Hà Nội|15092025||||
001202000001||Nguyễn Văn A|16092002|Nam|Hà Nội|16092025||||
001208000001||Nguyễn Văn A|30062008|Nam|Hà Nội|30062024
001210000001||Nguyễn Văn A|01032010|Nam|Hà Nội|01072024||||
001222000001||Nguyễn Văn A|20012022|Nam|Hà Nội|05092024||||
001200000001||Nguyễn Văn A|29022000|Nam|Hà Nội|01032022
001200000001||Nguyễn Văn A|29022000|Nam|Hà Nội|15032024
001099000001||Nguyễn Văn A|15011999|Nam|Hà Nội|15032021
001099000001||Nguyễn Văn A|14011999|Nam|Hà Nội|10012021
001099000001||Nguyễn Văn A|29061999|Nam|Hà Nội|15032021
001099000001||Nguyễn Văn A|30061999|Nam|Hà Nội|15032021
--- stdout json
{"record": {"derived": {"expiry": {"date": "2025-03-16", "rule": "2014-25", "!candidates": 0, "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": "2040-03-16", "rule": "2014-40", "!candidates": 0, "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": "2040-03-16", "rule": "2014-40", "!candidates": 0, "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": "2025-03-16", "rule": "2014-40", "!candidates": 0, "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": "2045-03-16", "rule": "2014-60", "!candidates": 0, "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": "2025-03-16", "rule": "2014-60", "!candidates": 0, "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": null, "rule": "2014-none", "!candidates": 0, "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": "2026-09-16", "rule": "2023-14", "!candidates": 0, "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": "2037-09-16", "rule": "2023-25", "!candidates": 0, "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": "2027-09-16", "rule": "2023-25", "!candidates": 0, "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": "2042-09-16", "rule": "2023-40", "!candidates": 0, "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": "2033-06-30", "rule": "2014-25", "!candidates": 0, "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": "2035-03-01", "rule": "2023-25", "!candidates": 0, "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": "2036-01-20", "rule": "2023-14", "!candidates": 0, "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": "2025-02-28", "rule": "2014-25", "candidates": ["2025-02-28", "2025-03-01"], "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": "2040-02-29", "rule": "2014-40", "!candidates": 0, "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": "2024-01-15", "rule": "2014-25", "!candidates": 0, "prolonged_to": "2024-06-30"}}}}
{"record": {"derived": {"expiry": {"date": "2024-01-14", "rule": "2014-25", "!candidates": 0, "!prolonged_to": 0}}}}
{"record": {"derived": {"expiry": {"date": "2024-06-29", "rule": "2014-25", "!candidates": 0, "prolonged_to": "2024-06-30"}}}}
{"record": {"derived": {"expiry": {"date": "2024-06-30", "rule": "2014-25", "!candidates": 0, "!prolonged_to": 0}}}}
