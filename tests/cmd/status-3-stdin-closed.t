# Standard input that is closed cannot be read.
--- command
cccd-parse <&-
--- stdout json
{"error": {"code": "read_failed", "errno": 9}}
--- stderr contains
--- status
3
