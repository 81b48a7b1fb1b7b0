// SPDX-License-Identifier: MIT
// The drivers of pcsc-lite: bundles, each with a property list of the USB identities that it takes.
#include "reader/look.h"

#include <stdio.h>
#include <strings.h>

static const char *const folders[] = { "usr/lib/pcsc/drivers", "usr/lib64/pcsc/drivers",
                                       "usr/local/lib/pcsc/drivers" };

// The next <string> of the array that follows this key; the list ends where the array ends.
struct list {
    struct str rest;
};

static struct list list_of(struct str plist, const char *key)
{
    const char *at = plist.n > 0 ? memmem(plist.p, plist.n, key, strlen(key)) : NULL;
    struct str rest = at != NULL ? str_from(plist, (size_t)(at - plist.p)) : STR("");
    const char *end = rest.n > 0 ? memmem(rest.p, rest.n, "</array>", 8) : NULL;

    return (struct list){ end != NULL ? str_head(rest, (size_t)(end - rest.p)) : STR("") };
}

static bool next_string(struct list *list, struct str *out)
{
    const char *at = list->rest.n > 0 ? memmem(list->rest.p, list->rest.n, "<string>", 8) : NULL;

    if (at == NULL)
        return false;
    list->rest = str_from(list->rest, (size_t)(at - list->rest.p) + 8);
    *out = str_head(list->rest, str_find(list->rest, '<'));
    return true;
}

static bool is_number(struct str text, uint16_t number)
{
    char wanted[8];
    int n = snprintf(wanted, sizeof wanted, "0x%04X", number);

    return text.n == (size_t)n && strncasecmp(text.p, wanted, text.n) == 0;
}

// The vendors and the products are two arrays of one length.
static bool claims(const struct machine_driver *driver, const struct machine_device *device)
{
    struct list vendors = list_of(driver->list, "<key>ifdVendorID</key>");
    struct list products = list_of(driver->list, "<key>ifdProductID</key>");

    for (struct str vendor, product;
         next_string(&vendors, &vendor) && next_string(&products, &product);)
        if (is_number(vendor, device->vendor_id) && is_number(product, device->product_id))
            return true;
    return false;
}

static struct str version_of(struct str plist)
{
    struct str key = STR("<key>CFBundleShortVersionString</key>");
    const char *at = plist.n > 0 ? memmem(plist.p, plist.n, key.p, key.n) : NULL;
    struct list rest = { at != NULL ? str_from(plist, (size_t)(at - plist.p)) : STR("") };
    struct str version;

    return next_string(&rest, &version) ? version : STR("");
}

static void look_at_folder(const struct sysroot *root, const char *folder, struct machine *out)
{
    struct sysroot_names all = sysroot_names(root, folder);

    for (size_t i = 0; i < all.n && out->drivers < MACHINE_DRIVERS_MAX; i++) {
        struct str list = sysroot_read(root, path_of(root, "%s/%.*s/Contents/Info.plist", folder,
                                                     (int)all.name[i].n, all.name[i].p));
        if (list.n > 0)
            out->driver[out->drivers++] = (struct machine_driver){ .name = all.name[i],
                                                                   .version = version_of(list),
                                                                   .list = list };
    }
}

// Readers that are not on USB are named in files of lines such as "LIBPATH /path/to/driver.so".
static bool names_driver(struct str content)
{
    for (struct str line, word; look_line(&content, &line);)
        if (look_word(&line, &word) && str_eq(word, STR("LIBPATH")))
            return true;
    return false;
}

static bool serial_driver(const struct sysroot *root)
{
    struct sysroot_names all = sysroot_names(root, "etc/reader.conf.d");

    for (size_t i = 0; i < all.n; i++)
        if (names_driver(sysroot_read(
                root, path_of(root, "etc/reader.conf.d/%.*s", (int)all.name[i].n, all.name[i].p))))
            return true;
    return false;
}

void look_at_drivers(const struct sysroot *root, struct machine *out)
{
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        look_at_folder(root, folders[i], out);
    out->serial_driver = serial_driver(root);
    for (size_t d = 0; d < out->devices; d++)
        for (size_t i = 0; i < out->drivers; i++)
            if (claims(&out->driver[i], &out->device[d]))
                out->device[d].drivers |= 1u << i;
}
