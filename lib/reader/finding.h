// SPDX-License-Identifier: MIT
// What can be wrong between a card and this program: the questions of the doctor in the order of
// cause, and every answer to them that somebody should act upon. The manual page is made of these
// tables. Codes are stable; sentences are translated.
#ifndef READER_FINDING_H
#define READER_FINDING_H

#include "base/say.h"

// X(identifier, code, question)
#define DOCTOR_CHECKS(X)                                                                           \
    X(CHECK_USB, "usb", N_("Can this machine see USB devices?"))                                   \
    X(CHECK_READER_CONNECTED, "reader_connected", N_("Is a card reader plugged in?"))              \
    X(CHECK_KERNEL, "kernel", N_("Does the kernel leave the reader alone?"))                       \
    X(CHECK_USB_POWER, "usb_power", N_("Does the reader keep its power?"))                         \
    X(CHECK_DEVICE_NODE, "device_node", N_("May the service open the reader's device?"))           \
    X(CHECK_DRIVER, "driver", N_("Is a driver installed that knows the reader?"))                  \
    X(CHECK_SERVICE_INSTALLED, "service_installed", N_("Is the service (pcscd) installed?"))       \
    X(CHECK_SERVICE_UNIT, "service_unit", N_("Is the service switched on?"))                       \
    X(CHECK_SERVICE_SOCKET, "service_socket", N_("Can the service be reached?"))                   \
    X(CHECK_SERVICE_ANSWERS, "service_answers", N_("Does the service answer this account?"))       \
    X(CHECK_READER_LISTED, "reader_listed", N_("Does the service know the reader?"))               \
    X(CHECK_READER_MODEL, "reader_model", N_("Is it a reader without known faults?"))              \
    X(CHECK_READER_LENGTH, "reader_length", N_("Does the reader take long commands?"))             \
    X(CHECK_CARD_PRESENT, "card_present", N_("Does a card lie on the reader, and answer?"))        \
    X(CHECK_CARD_KIND, "card_kind", N_("Is it a card of the right kind, on the right side?"))      \
    X(CHECK_CARD_FREE, "card_free", N_("Is the card free for this program?"))                      \
    X(CHECK_CARD_DOCUMENT, "card_document", N_("Is it an identity document with a chip?"))         \
    X(CHECK_CARD_ACCESS, "card_access", N_("Which protocols open the chip?"))                      \
    X(CHECK_EXTENDED_LENGTH, "extended_length", N_("Do long commands truly get through?"))         \
    X(CHECK_FIELD, "field", N_("Does the card stay in the reader's field?"))                       \
    X(CHECK_SPEED, "speed", N_("How fast is the card read?"))

#define CHECK_ENUM(identifier, code, question) identifier,
enum doctor_check { DOCTOR_CHECKS(CHECK_ENUM) DOCTOR_CHECK_COUNT };
#undef CHECK_ENUM

// What an answer calls for.
enum doctor_state {
    DOCTOR_GOOD,
    DOCTOR_NOTE,    // worth knowing, nothing to do
    DOCTOR_WARNING, // it works, but badly
    DOCTOR_TROUBLE, // it does not work
    DOCTOR_SKIPPED, // an earlier trouble makes the question pointless, or it could not be looked at
};

// The rule is that of scripts/system.
#define COMMANDS_ALLOW_GROUP                                                                       \
    "sudo groupadd --force --system cccd\n"                                                        \
    "sudo usermod -aG cccd {account}\n"                                                            \
    "echo 'polkit.addRule(function (action, subject) { if (action.id.indexOf("                     \
    "\"org.debian.pcsc-lite.\") == 0 && subject.isInGroup(\"cccd\")) return polkit.Result.YES; }"  \
    ");' | sudo tee /etc/polkit-1/rules.d/50-cccd-readers.rules"

// X(identifier, code, check, state, how it looks, cause, fix, commands; NULL where there are none)
// In commands, {name} is the fact of that name, quoted for the shell.
#define DOCTOR_FINDINGS(X)                                                                         \
    X(FINDING_NONE, "none", CHECK_USB, DOCTOR_GOOD, "", "", "", NULL)                              \
    /* USB */                                                                                      \
    X(FINDING_USB_CONTAINER, "usb_container", CHECK_USB, DOCTOR_TROUBLE,                           \
      N_("No USB device can be seen, and this is a container."),                                   \
      N_("Containers see no USB device that was not passed to them."),                             \
      N_("Start the container with --device=/dev/bus/usb, or give it the service's socket of "     \
         "the machine around it: -v /run/pcscd/pcscd.comm:/run/pcscd/pcscd.comm."),                \
      NULL)                                                                                        \
    X(FINDING_USB_VM, "usb_vm", CHECK_USB, DOCTOR_TROUBLE,                                         \
      N_("No USB device can be seen, and this is a virtual machine."),                             \
      N_("The machine around it keeps its USB devices until they are passed on."),                 \
      N_("Pass the reader on to it, in the settings of the virtual machine (USB devices)."), NULL) \
    X(FINDING_USB_WSL, "usb_wsl", CHECK_USB, DOCTOR_TROUBLE,                                       \
      N_("No USB device can be seen, and this is Linux inside of Windows (WSL)."),                 \
      N_("Windows keeps its USB devices until they are attached."),                                \
      N_("In Windows, as administrator: usbipd list, then usbipd bind and usbipd attach --wsl "    \
         "for the reader."),                                                                       \
      NULL)                                                                                        \
    X(FINDING_USB_ABSENT, "usb_absent", CHECK_USB, DOCTOR_TROUBLE,                                 \
      N_("The kernel shows no USB controller."),                                                   \
      N_("USB is switched off in the firmware settings, or its driver is not loaded."),            \
      N_("Look into the firmware settings (BIOS); load the driver."),                              \
      "sudo modprobe -a xhci_pci ehci_pci")                                                        \
    X(FINDING_READER_ABSENT, "reader_absent", CHECK_READER_CONNECTED, DOCTOR_TROUBLE,              \
      N_("No card reader is on USB."),                                                             \
      N_("It is not plugged in, the cable or a hub is at fault, or it has no power."),             \
      N_("Plug the reader into the computer itself, without a hub; try another cable and "         \
         "another port; its light should come on."),                                               \
      NULL)                                                                                        \
    X(FINDING_READER_NO_DRIVER, "reader_without_driver", CHECK_READER_CONNECTED, DOCTOR_TROUBLE,   \
      N_("The reader does not follow the standard for card readers (CCID)."),                      \
      N_("For this model there is no driver in Debian; what its maker offers, if anything, has "   \
         "to be installed by hand."),                                                              \
      N_("Ask the maker for a driver for pcsc-lite, or use another reader: man 7 cccd-readers."),  \
      "man 7 cccd-readers")                                                                        \
    /* kernel */                                                                                   \
    X(FINDING_KERNEL_HOLDS, "kernel_holds_reader", CHECK_KERNEL, DOCTOR_TROUBLE,                   \
      N_("A driver of the kernel for NFC holds the reader."),                                      \
      N_("The modules pn533_usb, pn533 and nfc take readers of the kind of the ACR122U for "       \
         "themselves, and the service cannot have them."),                                         \
      N_("Forbid these modules, unload them, then unplug the reader and plug it in again."),       \
      "printf 'blacklist %s\\n' nfc pn533 pn533_usb port100 | sudo tee "                           \
      "/etc/modprobe.d/cccd-no-nfc.conf\nsudo modprobe -r pn533_usb pn533 port100 nfc")            \
    X(FINDING_KERNEL_MAY_HOLD, "kernel_may_hold_reader", CHECK_KERNEL, DOCTOR_WARNING,             \
      N_("A driver of the kernel for NFC is loaded that would take this reader."),                 \
      N_("The modules are not forbidden: which of the two gets the reader is a matter of luck "    \
         "each time that it is plugged in."),                                                      \
      N_("Forbid these modules and unload them."),                                                 \
      "printf 'blacklist %s\\n' nfc pn533 pn533_usb port100 | sudo tee "                           \
      "/etc/modprobe.d/cccd-no-nfc.conf\nsudo modprobe -r pn533_usb pn533 port100 nfc")            \
    X(FINDING_USB_SLEEPS, "usb_sleeps", CHECK_USB_POWER, DOCTOR_WARNING,                           \
      N_("The reader is put to sleep to save power, and commands were lost."),                     \
      N_("USB autosuspend is on for this reader (power/control is auto); some readers lose the "   \
         "first command after they wake."),                                                        \
      N_("Keep its power on. The udev rule of cccd-tools (make install-system) does so after "     \
         "every restart."),                                                                        \
      "echo on | sudo tee {power}")                                                                \
    X(FINDING_USB_MAY_SLEEP, "usb_may_sleep", CHECK_USB_POWER, DOCTOR_NOTE,                        \
      N_("The reader may be put to sleep to save power."),                                         \
      N_("USB autosuspend is on for this reader, as its driver has it by default."),               \
      N_("Nothing to do while it works. If the first reading after a pause fails, keep its "       \
         "power on."),                                                                             \
      "echo on | sudo tee {power}")                                                                \
    X(FINDING_NODE_ABSENT, "device_node_absent", CHECK_DEVICE_NODE, DOCTOR_TROUBLE,                \
      N_("The reader has no device under /dev/bus/usb."),                                          \
      N_("In a container: the folder was not passed on. Else: udev does not run."),                \
      N_("Pass /dev/bus/usb to the container, or start udev."),                                    \
      "sudo systemctl restart systemd-udevd && sudo udevadm trigger --subsystem-match=usb")        \
    X(FINDING_NODE_FORBIDDEN, "device_node_forbidden", CHECK_DEVICE_NODE, DOCTOR_TROUBLE,          \
      N_("The service's account may not open the reader's device."),                               \
      N_("The rights of the device in /dev/bus/usb do not let it; the driver's udev rule is "      \
         "missing or does not name this reader."),                                                 \
      N_("Install a udev rule that gives card readers to the service's group (make "               \
         "install-system does the same), then unplug the reader and plug it in again."),           \
      "echo 'SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", "                                   \
      "ENV{ID_USB_INTERFACES}==\"*:0b*\", GROUP=\"pcscd\", MODE=\"0660\"' | sudo tee "             \
      "/etc/udev/rules.d/93-cccd-readers.rules\nsudo udevadm control --reload\nsudo udevadm "      \
      "trigger --subsystem-match=usb")                                                             \
    /* driver */                                                                                   \
    X(FINDING_DRIVER_ABSENT, "driver_absent", CHECK_DRIVER, DOCTOR_TROUBLE,                        \
      N_("A reader is plugged in, but no driver for USB readers is installed."),                   \
      N_("The package libccid is missing; another driver (vsmartcard-vpcd) may have been "         \
         "installed in its place."),                                                               \
      N_("Install libccid, then restart the service."),                                            \
      "sudo apt-get install libccid\nsudo systemctl restart pcscd")                                \
    X(FINDING_DRIVER_OLD, "driver_too_old", CHECK_DRIVER, DOCTOR_TROUBLE,                          \
      N_("The reader follows the standard (CCID), but no driver's list names it."),                \
      N_("The reader is newer than the driver (libccid)."),                                        \
      N_("Install a newer libccid (from Debian's backports, or a newer release)."),                \
      "sudo apt-get update && sudo apt-get install --only-upgrade libccid")                        \
    X(FINDING_DRIVER_TWICE, "driver_twice", CHECK_DRIVER, DOCTOR_WARNING,                          \
      N_("Two drivers claim the reader."),                                                         \
      N_("libccid and libacsccid are both installed and both list it; which one is taken "         \
         "depends on the order of their folders."),                                                \
      N_("Keep one: libccid serves most readers; libacsccid is for readers of ACS that do not "    \
         "work with it."),                                                                         \
      "sudo apt-get remove libacsccid1\nsudo systemctl restart pcscd")                             \
    /* service */                                                                                  \
    X(FINDING_SERVICE_ABSENT, "service_absent", CHECK_SERVICE_INSTALLED, DOCTOR_TROUBLE,           \
      N_("The program pcscd is not on this machine."), N_("The package pcscd is not installed."),  \
      N_("Install it, with the driver for USB readers."), "sudo apt-get install pcscd libccid")    \
    X(FINDING_UNIT_MASKED, "service_masked", CHECK_SERVICE_UNIT, DOCTOR_TROUBLE,                   \
      N_("The service is forbidden to start (masked)."), N_("Somebody ran systemctl mask pcscd."), \
      N_("Allow it, and start it."),                                                               \
      "sudo systemctl unmask pcscd.socket pcscd.service\nsudo systemctl enable --now "             \
      "pcscd.socket")                                                                              \
    X(FINDING_UNIT_DISABLED, "service_disabled", CHECK_SERVICE_UNIT, DOCTOR_WARNING,               \
      N_("The service does not start by itself (disabled)."),                                      \
      N_("Neither pcscd.socket nor pcscd.service is enabled: after the next restart of the "       \
         "machine no reader will be found."),                                                      \
      N_("Switch it on."), "sudo systemctl enable --now pcscd.socket")                             \
    X(FINDING_SOCKET_ABSENT, "service_not_running", CHECK_SERVICE_SOCKET, DOCTOR_TROUBLE,          \
      N_("The service's socket is not there: the service does not run."),                          \
      N_("pcscd was not started, or ended."), N_("Start it."),                                     \
      "sudo systemctl start pcscd.socket")                                                         \
    X(FINDING_SOCKET_STALE, "service_socket_stale", CHECK_SERVICE_SOCKET, DOCTOR_TROUBLE,          \
      N_("The service's socket is there, but nobody listens at it."),                              \
      N_("pcscd ended without taking its socket away."), N_("Start it again."),                    \
      "sudo systemctl restart pcscd.socket pcscd.service")                                         \
    X(FINDING_SOCKET_FORBIDDEN, "service_socket_forbidden", CHECK_SERVICE_SOCKET, DOCTOR_TROUBLE,  \
      N_("The rights of the service's socket do not let this account in."),                        \
      N_("Somebody changed them, or the service was started with a narrow umask."),                \
      N_("Start the service anew, so that it makes its socket anew."),                             \
      "sudo systemctl restart pcscd.socket pcscd.service")                                         \
    X(FINDING_SERVICE_SILENT, "service_silent", CHECK_SERVICE_ANSWERS, DOCTOR_TROUBLE,             \
      N_("The service takes the call and never answers."),                                         \
      N_("pcscd hangs in a driver, or was stopped (SIGSTOP)."), N_("Restart it."),                 \
      "sudo systemctl restart pcscd")                                                              \
    X(FINDING_SERVICE_REFUSES, "service_refuses", CHECK_SERVICE_ANSWERS, DOCTOR_TROUBLE,           \
      N_("The service refuses this account (polkit)."),                                            \
      N_("pcscd asks polkit who may use readers; by default only who sits at the machine itself "  \
         "may."),                                                                                  \
      N_("Allow the group cccd to use readers by a polkit rule (make install-system installs the " \
         "same one), and add the account to that group."),                                         \
      COMMANDS_ALLOW_GROUP)                                                                        \
    X(FINDING_SERVICE_REFUSES_REMOTE, "service_refuses_remote", CHECK_SERVICE_ANSWERS,             \
      DOCTOR_TROUBLE,                                                                              \
      N_("The service refuses this account, which is logged in over the network (SSH)."),          \
      N_("pcscd asks polkit who may use readers; by default only who sits at the machine itself "  \
         "may."),                                                                                  \
      N_("Allow the group cccd to use readers by a polkit rule (make install-system installs the " \
         "same one), and add the account to that group."),                                         \
      COMMANDS_ALLOW_GROUP)                                                                        \
    X(FINDING_PROTOCOL, "service_protocol", CHECK_SERVICE_ANSWERS, DOCTOR_TROUBLE,                 \
      N_("The service and this program's PC/SC library do not understand each other."),            \
      N_("They are of different releases, as it happens in Flatpak, Snap and containers that "     \
         "use the socket of the machine around them."),                                            \
      N_("Use the same release of pcsc-lite on both sides, or run the program outside."), NULL)    \
    X(FINDING_SERVICE_FAILED, "service_failed", CHECK_SERVICE_ANSWERS, DOCTOR_TROUBLE,             \
      N_("The service answers with an error."), N_("Its answer stands behind the question."),      \
      N_("Restart it; if that does not help, look into its journal."),                             \
      "sudo systemctl restart pcscd\njournalctl -u pcscd --since -1h")                             \
    X(FINDING_READER_UNLISTED, "reader_unlisted", CHECK_READER_LISTED, DOCTOR_TROUBLE,             \
      N_("The reader is plugged in and has a driver, but the service does not list it."),          \
      N_("The driver could not open it: another program or driver holds it, or it needs to be "    \
         "plugged in anew."),                                                                      \
      N_("Unplug it and plug it in again, restart the service, and look into its journal."),       \
      "sudo systemctl restart pcscd\njournalctl -u pcscd --since -1h")                             \
    /* reader */                                                                                   \
    X(FINDING_FIRMWARE, "firmware_faulty", CHECK_READER_MODEL, DOCTOR_WARNING,                     \
      N_("The reader's firmware is one that the driver's makers know as faulty."),                 \
      N_("libccid does not take readers of this model with firmware this old; where another "      \
         "driver does, they may fail now and then."),                                              \
      N_("Use a newer reader (man 7 cccd-readers), or the maker's driver (libacsccid1) in the "    \
         "place of libccid."),                                                                     \
      "man 7 cccd-readers")                                                                        \
    X(FINDING_SLOW_EMPTY, "reader_slow_without_card", CHECK_READER_MODEL, DOCTOR_NOTE,             \
      N_("While no card lies there, this model answers slowly."),                                  \
      N_("It was built so: it may take a second each time that it is asked."),                     \
      N_("Nothing to do: wait a moment after the card is laid down."), NULL)                       \
    X(FINDING_CONTACT_ONLY, "reader_contact_only", CHECK_READER_MODEL, DOCTOR_TROUBLE,             \
      N_("This reader reads contact cards only."),                                                 \
      N_("The identity chip is read without contact."),                                            \
      N_("Use a contactless reader (ISO/IEC 14443): man 7 cccd-readers."), "man 7 cccd-readers")   \
    X(FINDING_SHORT_ONLY, "reader_short_only", CHECK_READER_LENGTH, DOCTOR_NOTE,                   \
      N_("The reader takes short commands only (up to 261 bytes)."),                               \
      N_("It was built so. Cards are read all the same, with more and smaller steps."),            \
      N_("Nothing to do; for many cards a day a reader with extended length is faster."), NULL)    \
    /* card */                                                                                     \
    X(FINDING_CARD_ABSENT, "card_absent", CHECK_CARD_PRESENT, DOCTOR_NOTE,                         \
      N_("No card lies on the reader."), N_("What needs a card was not tried."),                   \
      N_("Lay a card on the reader and run this again to try the rest."), NULL)                    \
    X(FINDING_CARD_MUTE, "card_mute", CHECK_CARD_PRESENT, DOCTOR_TROUBLE,                          \
      N_("Something lies on the reader, and does not answer."),                                    \
      N_("The card lies at the edge of the field, upside down in a contact slot, or is "           \
         "broken; or the slot gives it another voltage than it needs."),                           \
      N_("Lay the card flat on the middle of the reader; in a contact slot: the chip forward "     \
         "and up. Try another card. For the voltage of a slot: ifdDriverOptions (16, 32 or 48) "   \
         "in the Info.plist of libccid."),                                                         \
      NULL)                                                                                        \
    X(FINDING_CARD_MEMORY, "card_memory", CHECK_CARD_KIND, DOCTOR_TROUBLE,                         \
      N_("What lies there is a memory card (a transport or door card, a tag)."),                   \
      N_("It has no application and no processor."),                                               \
      N_("Lay the identity card there, and only it: take it out of the wallet."), NULL)            \
    X(FINDING_CARD_CONTACT, "card_contact", CHECK_CARD_KIND, DOCTOR_TROUBLE,                       \
      N_("The card answers through its contacts."),                                                \
      N_("The identity application is reached without contact only."),                             \
      N_("Take the card out of the slot and lay it on the contactless side of the reader."), NULL) \
    X(FINDING_CARD_HELD, "card_held", CHECK_CARD_FREE, DOCTOR_TROUBLE,                             \
      N_("Another program holds the card for itself."),                                            \
      N_("Programs such as gpg's scdaemon or a browser can hold a card and forget it."),           \
      N_("Close that program. For gpg: let scdaemon share the reader."),                           \
      "gpgconf --kill scdaemon\necho pcsc-shared >>~/.gnupg/scdaemon.conf")                        \
    X(FINDING_NOT_DOCUMENT, "card_not_document", CHECK_CARD_DOCUMENT, DOCTOR_TROUBLE,              \
      N_("The card has a chip, but no application of an identity document."),                      \
      N_("It is a bank card, a card with a chip of another kind, or two cards lie there."),        \
      N_("Lay one identity card there, and nothing else."), NULL)                                  \
    X(FINDING_NO_ACCESS, "card_access_unknown", CHECK_CARD_ACCESS, DOCTOR_TROUBLE,                 \
      N_("The chip offers neither PACE nor BAC."),                                                 \
      N_("The card answers as no identity document does: it may be damaged, or none."),            \
      N_("Try another card; if that one works, the first one is at fault."), NULL)                 \
    X(FINDING_EXTENDED_LIES, "extended_length_fails", CHECK_EXTENDED_LENGTH, DOCTOR_WARNING,       \
      N_("The reader says that it takes long commands, and they do not get through."),             \
      N_("The reader, its driver or the card cuts them short; reading falls back to short "        \
         "ones by itself, after a failed try."),                                                   \
      N_("Read with --short, which spares the failed try; prefer another reader for many "         \
         "cards."),                                                                                \
      NULL)                                                                                        \
    X(FINDING_EXTENDED_NOT, "extended_length_none", CHECK_EXTENDED_LENGTH, DOCTOR_NOTE,            \
      N_("Long commands do not get through; reading takes short ones."),                           \
      N_("The reader or the card is built so."), N_("Nothing to do."), NULL)                       \
    X(FINDING_FIELD_UNSTABLE, "field_unstable", CHECK_FIELD, DOCTOR_TROUBLE,                       \
      N_("The card was lost while it lay there."),                                                 \
      N_("It lies at the edge of the field, metal or another card is near, or the reader gets "    \
         "too little power from its port."),                                                       \
      N_("Lay the card flat on the middle, away from metal; plug the reader into the computer "    \
         "itself, without a hub."),                                                                \
      NULL)                                                                                        \
    X(FINDING_READER_GONE, "reader_lost", CHECK_FIELD, DOCTOR_TROUBLE,                             \
      N_("The reader went away while it was tried."),                                              \
      N_("It was plugged out, or its power failed."),                                              \
      N_("Plug it into the computer itself, without a hub; try another cable."), NULL)             \
    X(FINDING_SLOW, "card_slow", CHECK_SPEED, DOCTOR_WARNING,                                      \
      N_("The card is read much more slowly than readers do that follow the standard."),           \
      N_("A hub, a virtual machine, a short-only reader or a field at its edge."),                 \
      N_("Plug the reader into the computer itself, lay the card on the middle; compare with "     \
         "another reader: cccd-chip bench."),                                                      \
      "cccd-chip bench")

#define FINDING_ENUM(identifier, ...) identifier,
enum doctor_code { DOCTOR_FINDINGS(FINDING_ENUM) DOCTOR_CODE_COUNT };
#undef FINDING_ENUM

struct doctor_finding {
    const char *code;
    enum doctor_check check;
    enum doctor_state state;
    const char *looks, *cause, *fix;
    const char *commands;
};

const struct doctor_finding *doctor_finding(enum doctor_code code);

const char *doctor_check_code(enum doctor_check check);
const char *doctor_check_question(enum doctor_check check);

const char *doctor_state_name(enum doctor_state state);

#endif
