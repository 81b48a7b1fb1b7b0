# LANGUAGE goes before all, as a list.
--- command
env LC_ALL=en_US.UTF-8 LANGUAGE=vi:en cccd-parse --format table --fields id </dev/null; env LC_ALL=en_US.UTF-8 LANGUAGE=vi:en cccd-parse <<<x | grep -c 'this is no payload of an identity card'; true
--- stdout
Số định danh
0
