# LANG alone, though the system has no such locale.
--- command
env LC_ALL= LANG=vi_VN.UTF-8 cccd-parse --format table --fields id </dev/null; env LC_ALL= LANG=vi_VN.UTF-8 cccd-parse <<<x | grep -c 'this is no payload of an identity card'; true
--- stdout
Số định danh
0
