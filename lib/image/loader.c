// SPDX-License-Identifier: MIT
#include "image/loader.h"

#include <dlfcn.h>
#include <string.h>

static bool find_all(const struct library *library, void *handle)
{
    for (size_t i = 0; i < library->count; i++) {
        void *function = dlsym(handle, library->names[i]);
        if (function == NULL)
            return false;
        memcpy((char *)library->pointers + i * sizeof function, &function, sizeof function);
    }
    return true;
}

bool library_load(struct library *library)
{
    if (library->state != LIBRARY_UNTRIED)
        return library->state == LIBRARY_LOADED;
    library->state = LIBRARY_MISSING;
    // Bound now: a process that may open no file cannot bind later what needs another library.
    void *handle = dlopen(library->soname, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL)
        return false;
    if (!find_all(library, handle)) {
        dlclose(handle);
        return false;
    }
    library->state = LIBRARY_LOADED;
    if (library->loaded != NULL)
        library->loaded();
    return true;
}
