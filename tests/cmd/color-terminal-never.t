# --color decides before the environment.
--- skip-unless command -v script
--- command
see() { script -qec "$1" /dev/null | grep -c $'\e'; }
see 'TERM=xterm cccd-parse --color never --format table cards'; see 'NO_COLOR=1 cccd-parse --color always --format table cards'
--- file cards
001091000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
--- stdout
0
1
