# Nobody reads any more: no word about it.
--- command
cd "$CCCD_TOP/tests/data/scan"; (cccd-scan front.jpg; echo $? >&2) | true
sleep 0.1
--- stdout
--- stderr matches
[04]
