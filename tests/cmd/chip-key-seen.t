# Who gives a key on the command line is warned.
--- command
cccd-chip --lang en read --can 000001; cccd-chip --lang en read --mrz 090000001/900101/300101
--- env
PCSCLITE_CSOCK_NAME=/nonexistent
--- stdout json
{"v": 1, "chip": {"error": {"code": "no_service"}}}
{"v": 1, "chip": {"error": {"code": "no_service"}}}
--- stderr contains
cccd-chip: --can: others on this computer can see the key; --key-file hides it
cccd-chip: --mrz: others on this computer can see the key; --key-file hides it
--- status
4
