# A key from a file, a descriptor and standard input: each goes as far as the service, and is not told.
--- command
printf 000001 >key; cccd-chip read -k key; cccd-chip read --key-fd 5 5<key; cccd-chip read -k - <key; cccd-chip read -k - <<<090000001/900101/300101
--- env
PCSCLITE_CSOCK_NAME=/nonexistent
LC_MESSAGES=en
--- stdout json
{"v": 1, "chip": {"error": {"code": "no_service"}}}
{"v": 1, "chip": {"error": {"code": "no_service"}}}
{"v": 1, "chip": {"error": {"code": "no_service"}}}
{"v": 1, "chip": {"error": {"code": "no_service"}}}
--- stderr contains
the smart card service (pcscd) is not running
--- status
4
