# --lang decides, whatever the environment says.
--- command
env LC_ALL=vi_VN.UTF-8 cccd-parse --lang en --format table --fields id </dev/null; env LC_ALL=vi_VN.UTF-8 cccd-parse --lang en <<<x | grep -c 'this is no payload of an identity card'; true
--- stdout
Card number
1
