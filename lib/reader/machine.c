// SPDX-License-Identifier: MIT
#include "reader/machine.h"

#include "reader/look.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

bool look_line(struct str *rest, struct str *line)
{
    if (rest->n == 0)
        return false;
    *line = str_head(*rest, str_find(*rest, '\n'));
    *rest = str_from(*rest, line->n + 1);
    return true;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool look_word(struct str *rest, struct str *word)
{
    size_t start = 0, end;

    while (start < rest->n && is_space(rest->p[start]))
        start++;
    for (end = start; end < rest->n && !is_space(rest->p[end]);)
        end++;
    *word = (struct str){ rest->p + start, end - start };
    *rest = str_from(*rest, end);
    return word->n > 0;
}

bool look_contains(struct str text, const char *what)
{
    return text.n > 0 && memmem(text.p, text.n, what, strlen(what)) != NULL;
}

unsigned long look_number(struct str text)
{
    unsigned long value = 0;

    for (size_t i = 0; i < text.n && i < 10 && char_is_digit(text.p[i]); i++)
        value = value * 10 + (unsigned long)(text.p[i] - '0');
    return value;
}

static bool is_wsl(const struct sysroot *root)
{
    struct str release = sysroot_line(root, "proc/sys/kernel/osrelease");

    return look_contains(release, "microsoft") || look_contains(release, "Microsoft");
}

// What the first process was told by who started it: NAME=VALUE, parted by zero bytes.
static struct str container_of_first_process(const struct sysroot *root)
{
    struct str given = sysroot_read(root, "proc/1/environ");

    while (given.n > 0) {
        struct str entry = str_head(given, str_find(given, '\0'));
        struct str value = str_skip(entry, STR("container="));
        if (value.n < entry.n)
            return value;
        given = str_from(given, entry.n + 1);
    }
    return STR("");
}

static struct str container_name(const struct sysroot *root)
{
    struct str name = sysroot_line(root, "run/systemd/container");

    if (name.n > 0)
        return name;
    if (sysroot_exists(root, ".dockerenv"))
        return STR("docker");
    if (sysroot_exists(root, "run/.containerenv"))
        return STR("podman");
    return container_of_first_process(root);
}

static struct str virtual_name(const struct sysroot *root)
{
    static const char *const makers[] = { "QEMU", "VMware", "innotek", "VirtualBox",
                                          "Xen",  "Bochs",  "KVM",     "Parallels" };
    struct str maker = sysroot_line(root, "sys/class/dmi/id/sys_vendor");
    struct str product = sysroot_line(root, "sys/class/dmi/id/product_name");

    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (look_contains(maker, makers[i]) || look_contains(product, makers[i]))
            return str_of(makers[i]);
    if (look_contains(product, "Virtual Machine"))
        return STR("Hyper-V");
    return sysroot_mentions(root, "proc/cpuinfo", " hypervisor") ? STR("hypervisor") : STR("");
}

static void look_at_kind(const struct sysroot *root, struct machine *out)
{
    if (is_wsl(root)) {
        out->kind = MACHINE_WSL;
    } else if ((out->kind_name = container_name(root)).n > 0) {
        out->kind = MACHINE_CONTAINER;
    } else if ((out->kind_name = virtual_name(root)).n > 0) {
        out->kind = MACHINE_VIRTUAL;
    }
}

static bool uses_readers(const struct sysroot *root, struct str pid)
{
    return sysroot_mentions(root, path_of(root, "proc/%.*s/maps", (int)pid.n, pid.p),
                            "libpcsclite.so");
}

void look_at_processes(const struct sysroot *root, struct machine *out)
{
    struct sysroot_names all = sysroot_names(root, "proc");
    struct str self = sysroot_link(root, "proc/self");

    for (size_t i = 0; i < all.n && out->holders < MACHINE_HOLDERS_MAX; i++) {
        struct str pid = all.name[i];
        if (!str_is_digits(pid) || str_eq(pid, self) || !uses_readers(root, pid))
            continue;
        struct str name = sysroot_line(root, path_of(root, "proc/%.*s/comm", (int)pid.n, pid.p));
        if (!str_eq(name, STR("pcscd")))
            out->holder[out->holders++] =
                reader_format(root->arena, "%.*s (%.*s)", (int)name.n, name.p, (int)pid.n, pid.p);
    }
}

static struct str account_name(struct arena *arena)
{
    const struct passwd *entry = getpwuid(getuid());

    return entry != NULL ? arena_copy(arena, str_of(entry->pw_name)) : STR("");
}

// What is of this process and not of the machine's files.
static void look_at_session(const struct sysroot *root, struct machine *out)
{
    out->remote = getenv("SSH_CONNECTION") != NULL || getenv("SSH_TTY") != NULL;
    out->sandbox = getenv("SNAP") != NULL || sysroot_exists(root, ".flatpak-info");
    out->account = account_name(root->arena);
}

bool machine_look(struct machine *out, const char *path, struct arena *arena)
{
    struct machine_account service;
    struct sysroot root;

    *out = (struct machine){ 0 };
    if (!sysroot_open(&root, path, arena))
        return false;
    look_at_kind(&root, out);
    look_at_session(&root, out);
    look_at_service(&root, out, &service);
    look_at_usb(&root, &service, out);
    look_at_kernel(&root, out);
    look_at_drivers(&root, out);
    look_at_processes(&root, out);
    sysroot_close(&root);
    if (arena->failed)
        errno = ENOMEM;
    return !arena->failed;
}
