# A line that is no card, a card with an error.
--- command
cccd-parse <<<x >/dev/null; echo $?; cccd-parse <<<'001090000001||Nguyễn Văn A|30021990|Nam|Hà Nội|15032022' >/dev/null; echo $?
--- stdout
1
1
