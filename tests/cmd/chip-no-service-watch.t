# Without the service, watch says so, once.
--- command
cccd-chip --lang en watch
--- env
PCSCLITE_CSOCK_NAME=/nonexistent
--- stdout json
{"v": 1, "source": {}, "error": {"code": "no_service", "message": "the smart card service (pcscd) is not running"}, "!chip": 0}
--- stderr contains
the smart card service (pcscd) is not running
--- status
4
