# What an MRZ states: its expiry, also that there is none.
--- command
cccd-parse --format csv --fields line,id,name,name_ascii,expiry_date,problems
--- stdin
IDVNM0900000018001090000001<<9
9001011M3001019VNM<<<<<<<<<<<6
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
IDVNM0600000019001060000001<<0
6001010M9912315VNM<<<<<<<<<<<6
NGUYEN<<VAN<B<<<<<<<<<<<<<<<<<
--- stdout
line,id,name,name_ascii,expiry_date,problems
1,001090000001,,NGUYEN VAN A,2030-01-01,
4,001060000001,,NGUYEN VAN B,none,
