// SPDX-License-Identifier: MIT
// A process without privileges: what decodes untrusted bytes enters it and never comes out again.
//
// Mandatory, so that cage_enter() fails where one is not to be had: no_new_privs, not dumpable, no
// capabilities, no descriptors but those given, the resource limits, and a seccomp filter that
// names what may be called (x86_64 and aarch64). Landlock is put over it where the kernel has it.
//
// Inside, calls that would open or look at a path fail with EACCES, so that a library that looks
// for a font goes on without; threads fail with EAGAIN; what no decoder has a use for ends the
// process with SIGSYS. One leak remains: whether a path exists, and a file's size, can be asked
// with the call by which the C library asks about a descriptor. Nothing of it can be read, and
// nobody but the holder of the kept descriptors can be told.
#ifndef CAGE_CAGE_H
#define CAGE_CAGE_H

#include "base/say.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// X(identifier, sentence): the steps in, for the one at which it failed.
#define CAGE_STEPS(X)                                                                              \
    X(CAGE_DONE, N_("the process is confined"))                                                    \
    X(CAGE_PROCESSOR, N_("processes cannot be confined on this kind of processor"))                \
    X(CAGE_PRIVILEGES, N_("the process cannot give up its privileges"))                            \
    X(CAGE_DESCRIPTORS, N_("the process cannot let go of its open files"))                         \
    X(CAGE_LANDLOCK, N_("the process cannot be cut off from the files (Landlock)"))                \
    X(CAGE_LIMITS, N_("the process cannot be limited in its memory and time"))                     \
    X(CAGE_SECCOMP, N_("the kernel does not filter the calls of the process (seccomp)"))

#define CAGE_ENUM(identifier, sentence) identifier,
enum cage_step { CAGE_STEPS(CAGE_ENUM) CAGE_STEP_COUNT };
#undef CAGE_ENUM

struct cage_error {
    enum cage_step step;
    int native; // errno
};

const char *cage_sentence(enum cage_step step);

enum { CAGE_KEEP_MAX = 8 };

struct cage_limits {
    // RLIMIT_AS: bytes of address space, what is loaded already counts. 0: no limit; the only
    // choice under AddressSanitizer, which reserves terabytes.
    uint64_t memory;
    // RLIMIT_CPU: of the whole process, from its fork on: SIGXCPU then, and SIGKILL a second later.
    // 0: no limit.
    uint32_t seconds;
    // Threads may be started, for libraries that cannot do without (libde265 as libheif uses it).
    bool threads;
    // The descriptors that stay, at most CAGE_KEEP_MAX. Every other is closed; 0, 1 and 2, where
    // they are not kept, read as empty and cannot be written to. Received ones get numbers up to
    // two above the highest kept, no more.
    const int *keep;
    size_t keep_count;
};

// For good. The process has one thread. When it fails, the process is to be ended: it may have
// lost its descriptors and part of its rights.
bool cage_enter(const struct cage_limits *limits, struct cage_error *error);

// The version of Landlock that the kernel has, 0 when it has none.
int cage_landlock_version(void);

// ---- the proof that it bites ----
enum cage_control {
    CAGE_CONTROL_OK,     // the same attempt succeeds outside
    CAGE_CONTROL_FAILED, // it fails outside as well, so that its failure inside proves nothing
};

struct cage_probe {
    const char *name; // what is attempted
    bool held;        // the process was inside, and the attempt ended as it has to
    enum cage_control control;
    int signal; // that ended the attempt inside, or 0
    int native; // the errno with which it failed inside, or 0
};

size_t cage_probe_count(void);

// Makes attempt i in a process inside and in another one outside; harmless, and takes 3 seconds at
// most. False when no such process could be had, with the step at which it failed in *error.
bool cage_probe(size_t i, struct cage_probe *out, struct cage_error *error);

#endif
