# On a terminal there is colour, unless NO_COLOR or a dumb terminal says no.
--- skip-unless command -v script
--- command
see() { script -qec "$1 cccd-parse --format table --fields id,problems cards" /dev/null | grep -c $'\e'; }
see TERM=xterm; see 'TERM=xterm NO_COLOR=1'; see TERM=dumb; see 'TERM=xterm NO_COLOR='
--- file cards
001091000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022
--- stdout
1
0
0
1
