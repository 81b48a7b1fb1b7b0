# Folders with those below them, in the order of their bytes.
--- command
mkdir -p d/b/c; for f in d/z.png d/b/c/1.png d/b/2.png d/a.png; do cp "$CCCD_TOP/tests/data/scan/menu.png" $f; done; cccd-scan -r d | grep -o '"path":"[^"]*"'
--- stdout
"path":"d/a.png"
"path":"d/b/2.png"
"path":"d/b/c/1.png"
"path":"d/z.png"
