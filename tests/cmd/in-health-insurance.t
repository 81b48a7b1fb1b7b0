# The code of a health-insurance card is named as what it is.
--- command
cccd-parse
--- stdin
GD4000000000001|4e677579e1bb856e2056c4836e2041|01/01/1990|1|48c3a0204ee1bb9969|01 - 001|01/01/2020|-|02/02/2020|00000000000000|-|4|01/01/2025|abcd-7102|$
--- stdout json
{"v": 1, "source": {"line": 1}, "error": {"code": "health_insurance"}, "!record": 0}
--- status
1
