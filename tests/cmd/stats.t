# A summary at the end, on stderr.
--- command
cccd-parse --stats >/dev/null
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
001091000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
x

001190000001||Tr022501860167n Th022501870139 Th022501870173 Nghi022501870135m|01011990|N022501870175|Ph01980176022501870157ng M022501860171u, Qu022501860173n Th022501870173 01960144022501870169c|15032022
001090000001||Nguyễn Văn A|30021990|Nam|Hà Nội|15032022
--- stderr
         6  lines read
         4  records
         1  of these repaired
         1  with warnings
         1  with errors
         2  not parsed
--- status
1
