# File names in messages are escaped as well.
--- command
cccd-parse $'no\e[31m\xffsuch' >/dev/null
--- stderr
cccd-parse: no\x1B[31m\xFFsuch: No such file or directory
--- status
3
