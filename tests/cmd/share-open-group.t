# A result that outgrows its space leaves nothing behind for the next part: two processes give what one gives.
--- command
/usr/bin/python3 -c '
p = "001090000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022\n"
open("r" * 250, "w").write("".join(p * 2 + "".join("%012d\n" % (b * 50 + i) for i in range(50)) for b in range(300)) + p * 20000)'
for jobs in 1 2 5; do cccd-parse --jobs $jobs r* | sha256sum; done | sort -u | wc -l
cccd-parse r* | wc -l
--- stdout
1
35600
