// SPDX-License-Identifier: MIT
// OBJECT IDENTIFIERs by the names that the standards give to them, or as numbers in dots.
#ifndef LDS_OID_H
#define LDS_OID_H

#include "base/str.h"

// Content bytes in; NULL when the name is not known.
const char *oid_name(struct str oid);

// In the given space, ended by a zero byte: "1.2.840", or "malformed" where it is none. What does
// not fit ends in "...". Returns the space.
const char *oid_dotted(struct str oid, char *space, size_t size);

#endif
