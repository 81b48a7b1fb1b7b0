// SPDX-License-Identifier: MIT
// Functions that cannot be used safely on hostile input become compile errors.
// The Makefile includes this header first in every translation unit of lib/ and cmd/.
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

// The system headers that declare them must come first: a poisoned name may not be declared.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

// With FORTIFY these are macros, which clang does not like to poison.
#undef sprintf
#undef vsprintf

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets strtok
#pragma GCC poison atoi atol atof asctime ctime gmtime localtime system popen tmpnam mktemp

#endif
