# A list that is not there.
--- command
cccd-scan --files-from none
--- stdout json
{"v": 1, "source": {"path": "none"}, "error": {"code": "file_unreadable", "errno": 2}, "!symbol": 0}
--- status
3
