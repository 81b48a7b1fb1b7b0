# Wrong usage, told in the language of the environment.
--- command
LANGUAGE=vi cccd-scan --no-such-option
--- stdout
--- stderr
cccd-scan: không có tùy chọn này: --no-such-option
Xem trợ giúp: cccd-scan --help
--- status
2
