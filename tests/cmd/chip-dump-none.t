# Folders that are no evidence.
--- command
mkdir empty other; echo '{}' >other/manifest.json; for f in nosuchfolder empty other /dev/null; do cccd-chip --lang en dump $f; echo $?; done
--- stdout matches
\{"v":1,"source":\{"path":"nosuchfolder"\},"chip":\{"error":\{"code":"evidence_unreadable",.*
3
\{"v":1,"source":\{"path":"empty"\},"chip":\{"error":\{"code":"evidence_unreadable",.*
3
\{"v":1,"source":\{"path":"other"\},"chip":\{"error":\{"code":"evidence_unreadable",.*
3
\{"v":1,"source":\{"path":"/dev/null"\},"chip":\{"error":\{"code":"evidence_unreadable",.*
3
--- stderr contains
cccd-chip: nosuchfolder: No such file or directory
cccd-chip: empty: the folder is no evidence of a card, or cannot be read
cccd-chip: /dev/null: Not a directory
