# Every question with what can be found: codes once each, the same in both languages; nothing is left empty but commands.
--- command
cccd-chip --list-checks --lang en >en; cccd-chip --list-checks --lang vi >vi; awk -F'\t' '($1 != "check" || NF != 3) && ($1 != "finding" || NF < 7 || $NF == "" || $4 !~ /^(note|warning|trouble)$/ || $5 == "" || $6 == "" || $7 == "") { print }' en vi; cut -f1,2 en | sort | uniq -d; cmp <(cut -f1,2 en) <(cut -f1,2 vi); comm -12 <(cut -f5 en | sort -u) <(cut -f5 vi | sort -u) | grep .; grep -P '^finding\tusb_sleeps\t' en
--- stdout escaped
finding\tusb_sleeps\tusb_power\twarning\tThe reader is put to sleep to save power, and commands were lost.\tUSB autosuspend is on for this reader (power/control is auto); some readers lose the first command after they wake.\tKeep its power on. The udev rule of cccd-tools (make install-system) does so after every restart.\techo on | sudo tee {power}\n
