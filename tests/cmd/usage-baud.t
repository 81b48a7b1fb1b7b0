# Wrong usage is told on stderr, with the way to the help; nothing is read or written.
--- command
cccd-parse --baud 9600
--- stdin
001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Phường Mẫu, Hà Nội|15032022
--- stdout
--- stderr
cccd-parse: --baud goes with --follow and with doctor
For help: cccd-parse --help
--- status
2
