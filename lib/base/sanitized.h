// SPDX-License-Identifier: MIT
// Is this a build with AddressSanitizer? It reserves terabytes, which no limit on memory would
// grant it, and takes its time.
#ifndef BASE_SANITIZED_H
#define BASE_SANITIZED_H

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined __SANITIZE_ADDRESS__ || __has_feature(address_sanitizer)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

#endif
