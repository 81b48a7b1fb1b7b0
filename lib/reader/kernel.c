// SPDX-License-Identifier: MIT
// Modules of the kernel that take readers for themselves, and whether modprobe may load them.
#include "reader/look.h"

#include "base/bytes.h"

static const char *const takers[] = { "pn533_usb", "pn533", "port100", "nfc" };

enum { TAKERS = sizeof takers / sizeof *takers };

static int taker(struct str name)
{
    for (int i = 0; i < TAKERS; i++)
        if (str_eq(name, str_of(takers[i])))
            return i;
    return -1;
}

bool kernel_takes_readers(struct str module)
{
    return taker(module) >= 0;
}

static struct str loaded(const struct sysroot *root)
{
    struct str content = sysroot_read(root, "proc/modules");
    struct bytes names = { 0 };

    for (struct str line, name; look_line(&content, &line);)
        if (look_word(&line, &name) && taker(name) >= 0) {
            if (names.n > 0)
                bytes_put_char(&names, ' ');
            bytes_put_str(&names, name);
        }
    struct str kept = names.n > 0 ? arena_copy(root->arena, bytes_str(&names)) : STR("");
    bytes_free(&names);
    return kept;
}

// "blacklist NAME", or "install NAME /bin/false" as administrators write it.
static unsigned forbidden_by(struct str content)
{
    unsigned forbidden = 0;

    for (struct str line, word, name; look_line(&content, &line);) {
        if (!look_word(&line, &word) || !look_word(&line, &name) || taker(name) < 0)
            continue;
        if (str_eq(word, STR("blacklist")) ||
            (str_eq(word, STR("install")) &&
             (look_contains(line, "/false") || look_contains(line, "/true"))))
            forbidden |= 1u << taker(name);
    }
    return forbidden;
}

static unsigned forbidden_on_command_line(const struct sysroot *root)
{
    struct str line = sysroot_line(root, "proc/cmdline");
    unsigned forbidden = 0;

    for (struct str word; look_word(&line, &word);) {
        struct str names = str_skip(word, STR("modprobe.blacklist="));
        if (names.n == word.n)
            names = str_skip(word, STR("module_blacklist="));
        while (names.n > 0 && names.n < word.n) {
            struct str name = str_head(names, str_find(names, ','));
            forbidden |= taker(name) >= 0 ? 1u << taker(name) : 0;
            names = str_from(names, name.n + 1);
        }
    }
    return forbidden;
}

void look_at_kernel(const struct sysroot *root, struct machine *out)
{
    static const char *const folders[] = { "etc/modprobe.d", "run/modprobe.d",
                                           "usr/local/lib/modprobe.d", "usr/lib/modprobe.d",
                                           "lib/modprobe.d" };
    unsigned forbidden = forbidden_on_command_line(root);

    for (size_t f = 0; f < sizeof folders / sizeof *folders; f++) {
        struct sysroot_names all = sysroot_names(root, folders[f]);
        for (size_t i = 0; i < all.n; i++)
            forbidden |= forbidden_by(sysroot_read(
                root, path_of(root, "%s/%.*s", folders[f], (int)all.name[i].n, all.name[i].p)));
    }
    out->modules = loaded(root);
    // The first is the one that has the table of readers; it loads the others.
    out->modules_forbidden = (forbidden & 1u) != 0;
}
