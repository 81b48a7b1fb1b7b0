# A file that is not the one that the manifest tells of; what stands in it is told all the same.
--- command
mkdir e; printf x >e/DG5.bin; echo '{"v":1,"time":"2026-01-02T03:04:05Z","reader":"Sample reader","files":[{"file":"DG5","path":"DG5.bin","bytes":1,"sha256":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}]}' >e/manifest.json; cccd-chip --lang en dump e; echo $?; printf y >e/DG5.bin; cccd-chip --lang en dump e
--- stdout json
{"v": 1, "source": {"path": "e"}, "chip": {"evidence": "e", "files": [{"file": "DG5", "path": "e/DG5.bin", "bytes": 1, "sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}], "!error": 0}}
0
{"v": 1, "source": {"path": "e"}, "chip": {"error": {"code": "evidence_altered"}}}
--- stderr contains
cccd-chip: DG5.bin: a file in the folder is not the one that its manifest tells of
--- status
1
