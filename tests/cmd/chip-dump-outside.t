# A manifest names nothing outside of its folder, nor what a link leads to.
--- command
echo secret >f; mkdir e g; for path in ../f /etc/passwd .f; do printf '{"v":1,"time":"2026-01-02T03:04:05Z","reader":"Sample reader","files":[{"file":"DG1","path":"%s"}]}' $path >e/manifest.json; cccd-chip dump e 2>&1 | grep -c '"code":"evidence_unreadable"'; done; ln -s ../f g/DG1.bin; echo '{"v":1,"time":"2026-01-02T03:04:05Z","reader":"Sample reader","files":[{"file":"DG1","path":"DG1.bin"}]}' >g/manifest.json; cccd-chip dump g 2>/dev/null | grep -c evidence_unreadable
--- stdout
1
1
1
1
