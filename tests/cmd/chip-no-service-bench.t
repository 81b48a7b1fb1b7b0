# Without a service there is nothing to measure; people are told once, programs in the line.
--- command
PCSCLITE_CSOCK_NAME=$PWD/none cccd-chip bench --format text; echo $?; PCSCLITE_CSOCK_NAME=$PWD/none cccd-chip bench 2>/dev/null
--- stdout matches
4
\{"v":1,"source":\{\},"error":\{"code":"no_service",.*\}\}
--- stderr contains
cccd-chip: PC/SC: the smart card service (pcscd) is not running
--- status
4
