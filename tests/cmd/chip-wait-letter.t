# -w takes no other option for its seconds.
--- command
cccd-chip read -w -r replay:nothing --can 000001 2>/dev/null
--- stdout json
{"v": 1, "chip": {"error": {"code": "recording_unreadable"}}}
--- status
4
