// SPDX-License-Identifier: MIT
// Landlock: a set of rules without a rule allows nothing of what it handles. All that the kernel's
// version can handle is named (Documentation/userspace-api/landlock.rst); the numbers stand here
// since the headers of an older system lack the newer ones.
#include "cage/layers.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

// The same on all processors.
enum { CREATE_RULESET = 444, RESTRICT_SELF = 446, ASK_VERSION = 1 };

struct ruleset {
    uint64_t files;   // since version 1
    uint64_t network; // since version 4
    uint64_t scoped;  // since version 6
};

int cage_landlock_version(void)
{
    long version = syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);
    return version > 0 ? (int)version : 0;
}

static uint64_t file_rights(int version)
{
    // The first version has 13 rights; renaming across folders, truncating and the calls of devices
    // came with the second, third and fifth.
    static const uint8_t count[] = { 0, 13, 14, 15, 15, 16 };
    return (1ull << count[version < 5 ? version : 5]) - 1;
}

// No Landlock is no error: a kernel may be built without it or not have it turned on.
int cage_landlock_enter(void)
{
    int version = cage_landlock_version();
    if (version == 0)
        return 0;

    struct ruleset all = {
        .files = file_rights(version),
        .network = version >= 4 ? 3 : 0, // binding and connecting of TCP
        .scoped = version >= 6 ? 3 : 0,  // abstract sockets and signals
    };
    size_t size = version >= 6 ? sizeof all : version >= 4 ? 16 : 8;
    int ruleset = (int)syscall(CREATE_RULESET, &all, size, 0);
    if (ruleset < 0)
        return errno;
    int result = syscall(RESTRICT_SELF, ruleset, 0) == 0 ? 0 : errno;
    close(ruleset);
    return result;
}
