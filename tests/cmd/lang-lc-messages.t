# LC_MESSAGES goes before LANG.
--- command
env LC_ALL= LC_MESSAGES=vi_VN LANG=en_US.UTF-8 cccd-parse --format table --fields id </dev/null; env LC_ALL= LC_MESSAGES=vi_VN LANG=en_US.UTF-8 cccd-parse <<<x | grep -c 'this is no payload of an identity card'; true
--- stdout
Số định danh
0
