# A document that is none.
--- command
printf '%%PDF-1.7\n%%%%EOF\n' >a.pdf; head -c 9000 "$CCCD_TOP/tests/data/scan/archive.pdf" >b.pdf; cccd-scan a.pdf b.pdf | sed -E 's/.*"(format)":"([a-z]*)".*("code":"[a-z_]*").*/\1 \2 \3/'
--- stdout
format pdf "code":"image_damaged"
format pdf "code":"truncated"
