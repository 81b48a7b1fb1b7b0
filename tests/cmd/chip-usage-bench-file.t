# A measurement takes no files.
--- command
cccd-chip bench file
--- stderr contains
bench and doctor take no files
--- status
2
