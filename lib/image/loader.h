// SPDX-License-Identifier: MIT
// Libraries that take milliseconds to load are loaded only when a file asks for them.
#ifndef IMAGE_LOADER_H
#define IMAGE_LOADER_H

#include <stdbool.h>
#include <stddef.h>

// A codec lists the functions it uses once, as F(name) F(name) ...:
//   static struct { F_LIST(LIBRARY_POINTER) } x;
//   static const char *const names[] = { F_LIST(LIBRARY_NAME) };
#define LIBRARY_POINTER(function) typeof(&(function)) function;
#define LIBRARY_NAME(function)    #function,

enum library_state { LIBRARY_UNTRIED, LIBRARY_LOADED, LIBRARY_MISSING };

struct library {
    const char *soname;       // what this library depends on is searched too
    const char *const *names; // of the functions
    size_t count;
    void *pointers;       // the struct of as many function pointers
    void (*loaded)(void); // called once; may be NULL
    enum library_state state;
};

// False when the library, or a function of it, is not there. The second call only tells.
bool library_load(struct library *library);

#endif
