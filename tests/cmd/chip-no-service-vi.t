# The sentence is in the language asked for, the code is not.
--- command
cccd-chip --lang vi list 2>/dev/null | grep -c '"code":"no_service","message":"[^"]*ịch'
--- env
PCSCLITE_CSOCK_NAME=/nonexistent
--- stdout
1
