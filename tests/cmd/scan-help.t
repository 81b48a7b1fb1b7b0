# The help names every option.
--- command
cccd-scan --help
--- stdout contains
Usage: cccd-scan [OPTION]... FILE|FOLDER|-...
--recurse
--files-from FILE
--files0-from FILE
--all
--jobs NUMBER
--unordered
--resume FILE
--watch FOLDER
--stream
--budget MILLISECONDS
--max-pixels NUMBER
--max-bytes NUMBER
--max-pages NUMBER
--stats
--self-test
Exit status:
