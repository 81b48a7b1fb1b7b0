# In the locale C scripts read: LANGUAGE does not count there (gettext's own rule).
--- command
env LC_ALL=C LANGUAGE=vi cccd-parse --format table --fields id </dev/null; env LC_ALL=C LANGUAGE=vi cccd-parse <<<x | grep -c 'this is no payload of an identity card'; true
--- stdout
Card number
1
