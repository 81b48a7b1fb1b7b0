# A recording that is not there, or is none.
--- command
printf 000001 >key; echo x >none; for f in nosuchfile none /dev/null; do cccd-chip --lang en read -k key -r replay:$f 2>>said; echo $?; done; grep -c 'cannot be read' said
--- stdout matches
\{"v":1,"source":\{\},"chip":\{"error":\{"code":"recording_unreadable",.*
4
\{"v":1,"source":\{\},"chip":\{"error":\{"code":"recording_unreadable",.*
4
\{"v":1,"source":\{\},"chip":\{"error":\{"code":"recording_unreadable",.*
4
3
