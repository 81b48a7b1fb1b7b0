# The worst of all files is the exit status.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan no-symbol.jpg no-image.jpg front.jpg >/dev/null; echo $?; cccd-scan menu.png front.jpg >/dev/null; echo $?
--- stdout
3
1
