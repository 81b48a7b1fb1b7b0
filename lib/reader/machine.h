// SPDX-License-Identifier: MIT
// What the machine itself tells of readers, without asking the service: USB, kernel, drivers, and
// how the service stands. Everything is looked up below one folder, so that a recorded tree can
// stand for another machine.
#ifndef READER_MACHINE_H
#define READER_MACHINE_H

#include "base/arena.h"

enum {
    MACHINE_DEVICES_MAX = 128,
    MACHINE_DRIVERS_MAX = 16,
    MACHINE_HOLDERS_MAX = 16,
};

enum machine_kind { MACHINE_PLAIN, MACHINE_CONTAINER, MACHINE_VIRTUAL, MACHINE_WSL };

// A driver of pcsc-lite, a bundle under /usr/lib/pcsc/drivers.
struct machine_driver {
    struct str name;    // "ifd-ccid.bundle"
    struct str version; // of the bundle; may be empty
    struct str list;    // its Info.plist, as it is
};

enum machine_node { NODE_FINE, NODE_ABSENT, NODE_FORBIDDEN };

// A device on USB that is a card reader, or that is known as one.
struct machine_device {
    struct str place; // "1-1.2", as the kernel names it
    uint16_t vendor_id, product_id, release;
    struct str vendor, product, serial;
    bool ccid;                // an interface of the smart card class
    struct str kernel_driver; // that holds an interface and is none of usbfs; may be empty
    bool may_sleep, sleeps;
    enum machine_node node;
    struct str power; // the path of its power/control
    unsigned drivers; // that claim it: bits of machine.driver
};

enum machine_unit { UNIT_NO_SYSTEMD, UNIT_ENABLED, UNIT_DISABLED, UNIT_MASKED, UNIT_ABSENT };
enum machine_socket { SOCKET_LISTENS, SOCKET_ABSENT, SOCKET_STALE, SOCKET_FORBIDDEN };

struct machine_service {
    struct str path;    // of the program; empty: not installed
    struct str version; // of the package; may be empty
    enum machine_unit unit;
    enum machine_socket socket;
    long pid; // 0: does not run
    bool stopped;
    bool asks_polkit, has_rule;
};

struct machine {
    enum machine_kind kind;
    struct str kind_name; // "docker", "QEMU"; may be empty
    bool usb;             // a host controller is there
    struct machine_device device[MACHINE_DEVICES_MAX];
    size_t devices;
    struct str modules; // of the kernel, those that take readers and are loaded, parted by spaces
    bool modules_forbidden; // by modprobe's configuration
    struct machine_driver driver[MACHINE_DRIVERS_MAX];
    size_t drivers;
    bool serial_driver; // reader.conf.d names a driver for a reader that is not on USB
    struct machine_service service;
    struct str holder[MACHINE_HOLDERS_MAX]; // programs that use readers just now, "scdaemon (1234)"
    size_t holders;
    bool sandbox; // Flatpak, Snap
    bool remote;  // a session over the network
    struct str account;
};

// root: "/" or a folder that stands for it. False where that cannot be opened, with errno, or when
// memory is short. Everything lies in the arena.
bool machine_look(struct machine *out, const char *root, struct arena *arena);

#endif
