# Any other language is English.
--- command
env LC_ALL=fr_FR.UTF-8 cccd-parse --format table --fields id </dev/null; env LC_ALL=fr_FR.UTF-8 cccd-parse <<<x | grep -c 'this is no payload of an identity card'; true
--- stdout
Card number
1
