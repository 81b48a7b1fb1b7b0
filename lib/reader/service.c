// SPDX-License-Identifier: MIT
// How pcscd stands: installed, switched on, running, reachable, and as whom it opens devices.
#include "reader/look.h"

#include <errno.h>
#include <stdlib.h>

static struct str program_path(const struct sysroot *root)
{
    static const char *const paths[] = { "usr/sbin/pcscd", "usr/bin/pcscd",
                                         "usr/local/sbin/pcscd" };

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        if (sysroot_exists(root, paths[i]))
            return reader_format(root->arena, "/%s", paths[i]);
    return STR("");
}

// Of Debian's list of packages: a paragraph for each, its name first.
static struct str package_version(const struct sysroot *root, struct str package)
{
    struct str content = sysroot_read(root, "var/lib/dpkg/status");
    bool ours = false;

    for (struct str line; look_line(&content, &line);) {
        struct str value = str_skip(line, STR("Package: "));
        if (value.n < line.n)
            ours = str_eq(value, package);
        value = str_skip(line, STR("Version: "));
        if (ours && value.n < line.n)
            return value;
    }
    return STR("");
}

static bool unit_exists(const struct sysroot *root, const char *unit)
{
    static const char *const folders[] = { "etc/systemd/system", "run/systemd/system",
                                           "usr/lib/systemd/system", "lib/systemd/system" };

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (sysroot_exists(root, path_of(root, "%s/%s", folders[i], unit)))
            return true;
    return false;
}

// A masked unit is a link to /dev/null.
static bool unit_masked(const struct sysroot *root, const char *unit)
{
    return str_eq(sysroot_link(root, path_of(root, "etc/systemd/system/%s", unit)), STR("null")) ||
           str_eq(sysroot_link(root, path_of(root, "run/systemd/system/%s", unit)), STR("null"));
}

// Links are enough: what they lead to may lie outside of a recorded tree.
static bool unit_enabled(const struct sysroot *root)
{
    static const char *const wants[] = {
        "etc/systemd/system/sockets.target.wants/pcscd.socket",
        "etc/systemd/system/multi-user.target.wants/pcscd.service",
        "usr/lib/systemd/system/sockets.target.wants/pcscd.socket"
    };

    for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
        if (sysroot_link(root, wants[i]).n > 0 || sysroot_exists(root, wants[i]))
            return true;
    return false;
}

static enum machine_unit unit_state(const struct sysroot *root)
{
    if (!sysroot_exists(root, "run/systemd/system"))
        return UNIT_NO_SYSTEMD;
    if (unit_masked(root, "pcscd.socket") || unit_masked(root, "pcscd.service"))
        return UNIT_MASKED;
    if (!unit_exists(root, "pcscd.socket") && !unit_exists(root, "pcscd.service"))
        return UNIT_ABSENT;
    return unit_enabled(root) ? UNIT_ENABLED : UNIT_DISABLED;
}

static enum machine_socket socket_state(const struct sysroot *root)
{
    switch (sysroot_connect(root, "run/pcscd", "pcscd.comm")) {
    case 0:
        return SOCKET_LISTENS;
    case EACCES:
    case EPERM:
        return SOCKET_FORBIDDEN;
    case ECONNREFUSED:
        return SOCKET_STALE;
    default:
        return SOCKET_ABSENT;
    }
}

static bool has_rule(const struct sysroot *root)
{
    static const char *const folders[] = { "etc/polkit-1/rules.d", "run/polkit-1/rules.d",
                                           "usr/local/share/polkit-1/rules.d",
                                           "usr/share/polkit-1/rules.d" };

    for (size_t f = 0; f < sizeof folders / sizeof *folders; f++) {
        struct sysroot_names all = sysroot_names(root, folders[f]);
        for (size_t i = 0; i < all.n; i++)
            if (sysroot_mentions(
                    root, path_of(root, "%s/%.*s", folders[f], (int)all.name[i].n, all.name[i].p),
                    "org.debian.pcsc-lite.access_pcsc"))
                return true;
    }
    return false;
}

static void add_group(struct machine_account *account, unsigned long group)
{
    if (account->groups < ACCOUNT_GROUPS_MAX)
        account->group[account->groups++] = (unsigned)group;
}

// "Uid: real effective ...", "Gid: ...", "Groups: ..." of /proc/PID/status.
static void account_of_process(struct str status, struct machine_account *account)
{
    for (struct str line, word, value; look_line(&status, &line);) {
        if (!look_word(&line, &word))
            continue;
        bool group = str_eq(word, STR("Gid:")) || str_eq(word, STR("Groups:"));
        if (str_eq(word, STR("Uid:")) && look_word(&line, &value) && look_word(&line, &value))
            account->user = (unsigned)look_number(value);
        while (group && look_word(&line, &value))
            add_group(account, look_number(value));
    }
}

// A field of the line of this name in passwd or group, counted from 0.
static struct str field_of(struct str content, struct str name, unsigned field)
{
    for (struct str line; look_line(&content, &line);) {
        if (!str_eq(str_head(line, str_find(line, ':')), name))
            continue;
        for (unsigned i = 0; i < field; i++)
            line = str_from(line, str_find(line, ':') + 1);
        return str_head(line, str_find(line, ':'));
    }
    return STR("");
}

static bool lists_member(struct str members, struct str name)
{
    while (members.n > 0) {
        struct str member = str_head(members, str_find(members, ','));
        if (str_eq(member, name))
            return true;
        members = str_from(members, member.n + 1);
    }
    return false;
}

// Where it does not run, the unit says as whom it would.
static void account_of_unit(const struct sysroot *root, struct machine_account *account)
{
    struct str unit = sysroot_read(root, "usr/lib/systemd/system/pcscd.service"), user = STR("");
    struct str groups = sysroot_read(root, "etc/group");

    if (unit.n == 0)
        unit = sysroot_read(root, "lib/systemd/system/pcscd.service");
    for (struct str line; look_line(&unit, &line);)
        if (str_starts(line, STR("User=")))
            user = str_trim(str_from(line, 5));
    if (user.n == 0)
        return;
    struct str passwd = sysroot_read(root, "etc/passwd");
    account->user = (unsigned)look_number(field_of(passwd, user, 2));
    add_group(account, look_number(field_of(passwd, user, 3)));
    for (struct str line; look_line(&groups, &line);) {
        struct str name = str_head(line, str_find(line, ':'));
        if (lists_member(field_of(line, name, 3), user))
            add_group(account, look_number(field_of(line, name, 2)));
    }
}

// "PID (comm) STATE ...": the name may hold anything, so the last bracket counts.
static bool is_stopped(struct str stat)
{
    const char *bracket = stat.n > 0 ? memrchr(stat.p, ')', stat.n) : NULL;
    struct str rest = bracket != NULL ? str_from(stat, (size_t)(bracket - stat.p) + 1) : STR("");
    struct str state;

    return look_word(&rest, &state) && (str_eq(state, STR("T")) || str_eq(state, STR("t")));
}

static void find_process(const struct sysroot *root, struct machine_service *service,
                         struct machine_account *account)
{
    struct sysroot_names all = sysroot_names(root, "proc");

    for (size_t i = 0; i < all.n && service->pid == 0; i++) {
        struct str pid = all.name[i];
        if (!str_is_digits(pid) ||
            !str_eq(sysroot_line(root, path_of(root, "proc/%.*s/comm", (int)pid.n, pid.p)),
                    STR("pcscd")))
            continue;
        service->pid = (long)look_number(pid);
        service->stopped =
            is_stopped(sysroot_read(root, path_of(root, "proc/%.*s/stat", (int)pid.n, pid.p)));
        account_of_process(sysroot_read(root, path_of(root, "proc/%.*s/status", (int)pid.n, pid.p)),
                           account);
    }
}

bool account_may_write(const struct machine_account *account, const struct stat *is)
{
    if (account->user == 0)
        return true;
    if (is->st_uid == account->user)
        return (is->st_mode & S_IWUSR) != 0;
    for (size_t i = 0; i < account->groups; i++)
        if (is->st_gid == account->group[i])
            return (is->st_mode & S_IWGRP) != 0;
    return (is->st_mode & S_IWOTH) != 0;
}

void look_at_service(const struct sysroot *root, struct machine *out,
                     struct machine_account *account)
{
    struct machine_service *service = &out->service;

    *account = (struct machine_account){ 0 };
    service->path = program_path(root);
    service->version = package_version(root, STR("pcscd"));
    service->unit = unit_state(root);
    service->socket = socket_state(root);
    service->asks_polkit =
        sysroot_exists(root, "usr/share/polkit-1/actions/org.debian.pcsc-lite.policy");
    service->has_rule = has_rule(root);
    find_process(root, service, account);
    if (service->pid == 0)
        account_of_unit(root, account);
}
