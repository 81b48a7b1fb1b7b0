# What is written does not depend on the locale, but for the sentences.
--- command
cd "$CCCD_TOP/tests/data/scan"; for l in C POSIX C.UTF-8 vi_VN.UTF-8 tr_TR.UTF-8 de_DE.ISO-8859-1; do LC_ALL=$l cccd-scan front.jpg no-symbol.jpg none | sed -E 's/"ms":[0-9.]+/"ms":0/g; s/"message":"[^"]*"//'; done | sort | uniq -c | sed -E 's/^ *([0-9]+) .*"path":"([^"]*)".*/\1 \2/'
--- stdout
6 front.jpg
6 no-symbol.jpg
6 none
