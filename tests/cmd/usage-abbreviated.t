# Names of options are written out: a prefix may mean something else in the next release.
--- command
cccd-parse --form csv
--- stdout
--- stderr
cccd-parse: there is no such option: --form
For help: cccd-parse --help
--- status
2
