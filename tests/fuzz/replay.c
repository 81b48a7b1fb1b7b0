// SPDX-License-Identifier: MIT
// Runs a fuzz target over stored inputs: replay_x FILE-OR-FOLDER...
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

static size_t replayed;

static void complain(const char *path)
{
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
}

// The input gets memory of exactly its size, so that a sanitizer sees every byte read beyond it.
static bool replay_file(const char *path, size_t size)
{
    uint8_t *data = malloc(size);
    FILE *in = fopen(path, "rb");
    bool ok = data != NULL && in != NULL && fread(data, 1, size, in) == size;

    if (ok) {
        LLVMFuzzerTestOneInput(data, size);
        replayed++;
    } else {
        complain(path);
    }
    if (in != NULL)
        fclose(in);
    free(data);
    return ok;
}

static bool replay_folder(const char *path)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, NULL, alphasort);
    bool ok = count >= 0;

    if (!ok)
        complain(path);
    for (int i = 0; i < count; i++) {
        char name[4096];
        struct stat about;
        int length = snprintf(name, sizeof name, "%s/%s", path, entries[i]->d_name);
        if (length >= (int)sizeof name || stat(name, &about) != 0) {
            complain(name);
            ok = false;
        } else if (S_ISREG(about.st_mode)) {
            ok = replay_file(name, (size_t)about.st_size) && ok;
        }
        free(entries[i]);
    }
    free(entries);
    return ok;
}

int main(int argc, char **argv)
{
    bool ok = true;
    for (int i = 1; i < argc; i++) {
        struct stat about;
        if (stat(argv[i], &about) != 0) {
            complain(argv[i]);
            ok = false;
        } else if (S_ISDIR(about.st_mode)) {
            ok = replay_folder(argv[i]) && ok;
        } else {
            ok = replay_file(argv[i], (size_t)about.st_size) && ok;
        }
    }
    printf("%zu inputs replayed\n", replayed);
    return ok && replayed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
