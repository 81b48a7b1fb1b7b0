# A summary on standard error.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan --stats front.jpg office.tif archive.pdf menu.png no-symbol.jpg no-image.jpg none >/dev/null
--- stdout
--- stderr
         7  files
         8  pages
         5  cards
         1  other QR codes
         2  pages without a QR code
         2  not read
--- status
3
