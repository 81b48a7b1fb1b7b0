#!/bin/sh
# What cccd-chip doctor proposes to fix.
# Made: 2026-01-02 03:04 UTC
# With: cccd-tools 0.1.0
# Read it before you run it: sh FILE. It asks before each step and does nothing without a
#   yes; it stops where a command fails.
set -eu

ask() {
    printf '\n%s\n%s [y/N] ' "$1" 'Do this now?'
    read -r answer || return 1
    case $answer in
    [yY]*) return 0 ;;
    *) return 1 ;;
    esac
}

# 1. kernel_holds_reader
# ACS ACR122U [072f:2200] (1-1)
# A driver of the kernel for NFC holds the reader.
# Cause: The modules pn533_usb, pn533 and nfc take readers of the kind of the ACR122U for
#   themselves, and the service cannot have them.
# Fix: Forbid these modules, unload them, then unplug the reader and plug it in again.
if ask 'Forbid these modules, unload them, then unplug the reader and plug it in again.'; then
    printf 'blacklist %s\n' nfc pn533 pn533_usb port100 | sudo tee /etc/modprobe.d/cccd-no-nfc.conf
    sudo modprobe -r pn533_usb pn533 port100 nfc
fi

# 2. usb_sleeps
# ACS ACR122U [072f:2200] (1-1)
# The reader is put to sleep to save power, and commands were lost.
# Cause: USB autosuspend is on for this reader (power/control is auto); some readers lose
#   the first command after they wake.
# Fix: Keep its power on. The udev rule of cccd-tools (make install-system) does so after
#   every restart.
if ask 'Keep its power on. The udev rule of cccd-tools (make install-system) does so after every restart.'; then
    echo on | sudo tee /sys/bus/usb/devices/1-1/power/control
fi
