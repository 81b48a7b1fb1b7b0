# A card that was taken away too early is not whole in its folder either.
--- command
mkdir e; echo '{"v":1,"time":"2026-01-02T03:04:05Z","reader":"Sample reader","files":[],"error":"card_gone"}' >e/manifest.json; cccd-chip dump e
--- stdout json
{"v": 1, "source": {"path": "e"}, "chip": {"evidence": "e", "error": {"code": "card_gone"}}}
--- status
3
