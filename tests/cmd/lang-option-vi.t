# --lang decides, whatever the environment says.
--- command
env LC_ALL=C cccd-parse --lang vi --format table --fields id </dev/null; env LC_ALL=C cccd-parse --lang vi <<<x | grep -c 'this is no payload of an identity card'; true
--- stdout
Số định danh
0
