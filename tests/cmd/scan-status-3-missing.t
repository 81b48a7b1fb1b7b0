# Files that cannot be opened: missing, a folder, a FIFO that nobody writes.
--- command
mkdir folder; mkfifo pipe; cccd-scan none folder pipe /dev/null empty
--- file empty
--- stdout json
{"v": 1, "source": {"path": "none"}, "error": {"code": "file_unreadable", "errno": 2}, "!symbol": 0}
{"v": 1, "source": {"path": "folder"}, "error": {"code": "file_unreadable", "errno": 21}, "!symbol": 0}
{"v": 1, "source": {"path": "pipe"}, "error": {"code": "file_unreadable"}, "!symbol": 0}
{"v": 1, "source": {"path": "/dev/null"}, "error": {"code": "file_unreadable"}, "!symbol": 0}
{"v": 1, "source": {"path": "empty"}, "error": {}}
--- status
3
