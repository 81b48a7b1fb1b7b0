# Everything that a caged process must not do is prevented, and so proven.
--- command
cccd-scan --self-test | sed 's/	.*//' | sort | uniq -c | sed -E 's/^ *[0-9]+ //'
--- stdout
held
