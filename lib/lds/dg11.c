// SPDX-License-Identifier: MIT
#include "lds/dg11.h"

// ICAO Doc 9303-10, 4.7.11.
static const struct detail_name names[] = {
    { 0x5F0E, "full_name" },
    { 0x5F0F, "other_name" },
    { 0x5F10, "personal_number" },
    { 0x5F2B, "full_birth_date" }, // yyyymmdd, as digits or two in a byte
    { 0x5F11, "place_of_birth" },  // parts of it are separated by '<'
    { 0x5F42, "permanent_address" },
    { 0x5F12, "telephone" },
    { 0x5F13, "profession" },
    { 0x5F14, "title" },
    { 0x5F15, "personal_summary" },
    { 0x5F16, "proof_of_citizenship" }, // a picture
    { 0x5F17, "other_document_numbers" },
    { 0x5F18, "custody_information" },
};

bool dg11_read(struct str file, struct dg11 *out, struct lds_error *error)
{
    return details_read(file, 0x6B, names, sizeof names / sizeof *names, &out->details, error);
}
