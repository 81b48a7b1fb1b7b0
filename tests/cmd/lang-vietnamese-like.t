# Not every locale that begins with vi is Vietnamese.
--- command
env LC_ALL=vie_XX cccd-parse --format table --fields id </dev/null; env LC_ALL=vie_XX cccd-parse <<<x | grep -c 'this is no payload of an identity card'; true
--- stdout
Card number
1
