// SPDX-License-Identifier: MIT
// Devices on USB that are card readers, or are known as such, as the kernel shows them in sysfs.
#include "reader/look.h"
#include "reader/models.h"

#include <stdio.h>

#define DEVICES "sys/bus/usb/devices"

enum { SMART_CARD_CLASS = 0x0B, NO_CLASS = 0x100 };

static unsigned hex_of(struct str text, unsigned otherwise)
{
    unsigned value = 0;

    if (text.n == 0 || text.n > 4)
        return otherwise;
    for (size_t i = 0; i < text.n; i++) {
        const char *digits = "0123456789abcdef", *at = strchr(digits, text.p[i] | ' ');
        if (text.p[i] == '\0' || at == NULL)
            return otherwise;
        value = value << 4 | (unsigned)(at - digits);
    }
    return value;
}

static struct str attribute(const struct sysroot *root, struct str place, const char *name)
{
    return sysroot_line(root, path_of(root, DEVICES "/%.*s/%s", (int)place.n, place.p, name));
}

// "1-1.2:1.0" is an interface of "1-1.2".
static bool is_interface_of(struct str name, struct str place)
{
    return name.n > place.n && str_starts(name, place) && name.p[place.n] == ':';
}

static void look_at_interface(const struct sysroot *root, struct str name,
                              struct machine_device *device)
{
    struct str driver =
        sysroot_link(root, path_of(root, DEVICES "/%.*s/driver", (int)name.n, name.p));

    bool ccid = hex_of(attribute(root, name, "bInterfaceClass"), NO_CLASS) == SMART_CARD_CLASS;

    device->ccid |= ccid;
    // The service's own driver works through usbfs. A keyboard with a reader in it has interfaces
    // that belong to the kernel.
    if ((ccid && driver.n > 0 && !str_eq(driver, STR("usbfs"))) || kernel_takes_readers(driver))
        device->kernel_driver = driver;
}

static void look_at_power(const struct sysroot *root, struct machine_device *device)
{
    struct str place = device->place;

    device->may_sleep = str_eq(attribute(root, place, "power/control"), STR("auto"));
    device->sleeps = str_eq(attribute(root, place, "power/runtime_status"), STR("suspended"));
    device->power =
        reader_format(root->arena, "/" DEVICES "/%.*s/power/control", (int)place.n, place.p);
}

static void look_at_node(const struct sysroot *root, const struct machine_account *service,
                         struct machine_device *device)
{
    const char *path = path_of(root, "dev/bus/usb/%03lu/%03lu",
                               look_number(attribute(root, device->place, "busnum")),
                               look_number(attribute(root, device->place, "devnum")));
    struct stat is;

    if (!sysroot_stat(root, path, &is))
        device->node = NODE_ABSENT;
    else if (!account_may_write(service, &is))
        device->node = NODE_FORBIDDEN;
}

static bool look_at_device(const struct sysroot *root, struct sysroot_names all, struct str place,
                           struct machine_device *device)
{
    *device = (struct machine_device){
        .place = place,
        .vendor_id = (uint16_t)hex_of(attribute(root, place, "idVendor"), 0),
        .product_id = (uint16_t)hex_of(attribute(root, place, "idProduct"), 0),
        .release = (uint16_t)hex_of(attribute(root, place, "bcdDevice"), 0),
    };
    for (size_t i = 0; i < all.n; i++)
        if (is_interface_of(all.name[i], place))
            look_at_interface(root, all.name[i], device);
    return device->ccid || reader_model(device->vendor_id, device->product_id) != NULL;
}

void look_at_usb(const struct sysroot *root, const struct machine_account *service,
                 struct machine *out)
{
    struct sysroot_names all = sysroot_names(root, DEVICES);

    out->usb = all.n > 0; // a controller is a device itself: "usb1"
    for (size_t i = 0; i < all.n; i++) {
        struct machine_device *device = &out->device[out->devices];
        if (str_find(all.name[i], ':') < all.name[i].n || out->devices == MACHINE_DEVICES_MAX ||
            !look_at_device(root, all, all.name[i], device))
            continue;
        device->vendor = attribute(root, device->place, "manufacturer");
        device->product = attribute(root, device->place, "product");
        device->serial = attribute(root, device->place, "serial");
        look_at_power(root, device);
        look_at_node(root, service, device);
        out->devices++;
    }
}
