# A measurement takes no files.
--- command
cccd-chip bench file
--- stderr contains
bench takes no files
--- status
2
