// SPDX-License-Identifier: MIT
#include "cli/language.h"

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <unistd.h>

static enum { UNDECIDED, ENGLISH, VIETNAMESE } language;

#define DOMAIN "cccd-tools"

static bool names_vietnamese(const char *locale)
{
    return locale[0] == 'v' && locale[1] == 'i' && strchr("_.@:", locale[2]) != NULL;
}

static const char *first_set(const char *const *variables, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && value[0] != '\0')
            return value;
    }
    return "C";
}

// By gettext's rules LANGUAGE counts unless the locale is "C". Otherwise the user's wish counts,
// not whether the system has such a locale installed: a plain server has not, and the sentences are
// ours anyway.
static bool environment_wants_vietnamese(void)
{
    static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
    const char *locale = first_set(variables, sizeof variables / sizeof variables[0]);
    const char *languages = getenv("LANGUAGE");

    if (strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
        return false;
    return names_vietnamese(languages != NULL && languages[0] != '\0' ? languages : locale);
}

static bool bind_below(const char *directory, const char *suffix)
{
    char path[PATH_MAX];
    char catalogue[PATH_MAX + sizeof "/vi/LC_MESSAGES/" DOMAIN ".mo"];

    if (snprintf(path, sizeof path, "%s%s", directory, suffix) >= (int)sizeof path)
        return false;
    snprintf(catalogue, sizeof catalogue, "%s/vi/LC_MESSAGES/" DOMAIN ".mo", path);
    return access(catalogue, R_OK) == 0 && bindtextdomain(DOMAIN, path) != NULL;
}

// The catalogue lies beside the program: in the build directory, or where it was installed,
// wherever that was moved to.
static void bind_catalogue(void)
{
    char program[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);

    if (n > 0) {
        program[n] = '\0';
        char *slash = strrchr(program, '/');
        if (slash != NULL)
            *slash = '\0';
        if (bind_below(program, "/locale") || bind_below(program, "/../share/locale") ||
            bind_below(program, "/../locale"))
            return;
    }
    bindtextdomain(DOMAIN, CCCD_LOCALEDIR);
}

static void choose(bool vietnamese)
{
    language = vietnamese ? VIETNAMESE : ENGLISH;
    if (!vietnamese)
        return;
    // gettext translates for any locale but "C"; which one does not matter to it.
    if (setlocale(LC_MESSAGES, "C.UTF-8") == NULL)
        setlocale(LC_MESSAGES, "");
    bind_textdomain_codeset("libc", "UTF-8"); // of strerror()
    setenv("LANGUAGE", "vi", 1);
    bind_catalogue();
    bind_textdomain_codeset(DOMAIN, "UTF-8");
    textdomain(DOMAIN);
}

bool language_set(const char *name)
{
    bool vietnamese = strcmp(name, "vi") == 0;
    if (!vietnamese && strcmp(name, "en") != 0)
        return false;
    choose(vietnamese);
    return true;
}

bool language_is_vietnamese(void)
{
    if (language == UNDECIDED)
        choose(environment_wants_vietnamese());
    return language == VIETNAMESE;
}

const char *say(const char *sentence)
{
    return sentence[0] != '\0' && language_is_vietnamese() ? gettext(sentence) : sentence;
}
