# Without -r a folder is an error, in its place, that tells what to do.
--- command
mkdir d; cp "$CCCD_TOP/tests/data/scan/menu.png" a.png; cccd-scan a.png d a.png
--- stdout json
{"v": 1, "source": {"path": "a.png"}, "symbol": {"kind": "other"}}
{"v": 1, "source": {"path": "d"}, "error": {"code": "file_unreadable", "errno": 21, "message": "the file cannot be read: folders are read with --recurse: Is a directory"}, "!symbol": 0}
{"v": 1, "source": {"path": "a.png"}, "symbol": {"kind": "other"}}
--- status
3
