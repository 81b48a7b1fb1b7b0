#!/bin/sh
# What cccd-chip doctor proposes to fix.
# Made: 2026-01-02 03:04 UTC
# With: cccd-tools 0.1.0
# Read it before you run it: sh FILE. It asks before each step and does nothing without a
#   yes; it stops where a command fails.
set -eu

printf '%s\n' 'There is nothing to fix.'
