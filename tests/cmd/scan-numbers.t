# Numbers may have a unit behind them: 166 x 166 pixels are more than 27k, and no more than 28k.
--- command
cd "$CCCD_TOP/tests/data/scan"; for n in 1G 28k 27k; do cccd-scan --max-pixels $n menu.png | grep -oE '"kind":"other"|"code":"[a-z_]*"'; done
--- stdout
"kind":"other"
"kind":"other"
"code":"too_large"
