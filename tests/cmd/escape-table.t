# Nothing from outside can steer a terminal: controls, bidirectional and zero-width characters, bad bytes.
--- command
cp cards $'\e[31m\xff' && cccd-parse --format table --fields path,name $'\e[31m\xff'
--- file cards escaped
001090000001||A\xe2\x80\xaeB\xe2\x80\x8bC\xe2\x81\xa6D\xef\xbb\xbfE|01011990|Nam|Hà Nội|15032022\n
--- stdout
File          Name
\x1B[31m\xFF  A\u{202E}B\u{200B}C\u{2066}DE
