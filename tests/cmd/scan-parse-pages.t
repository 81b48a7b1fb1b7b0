# Pages and errors keep their places in a pipe; its exit status is the worst of both.
--- command
cd "$CCCD_TOP/tests/data/scan"; set -o pipefail; cccd-scan archive.pdf no-image.jpg | cccd-parse --format csv --fields path,page,id,error
--- stdout
path,page,id,error
archive.pdf,1,079300731372,
archive.pdf,2,,no_symbol
no-image.jpg,,,format_unknown
--- status
3
