// SPDX-License-Identifier: MIT
#include "lds/dg12.h"

// ICAO Doc 9303-10, 4.7.12.
static const struct detail_name names[] = {
    { 0x5F19, "issuing_authority" },
    { 0x5F26, "date_of_issue" }, // yyyymmdd, as digits or two in a byte
    { 0x5F1A, "other_person" },
    { 0x5F1B, "endorsements" },
    { 0x5F1C, "tax_or_exit_requirements" },
    { 0x5F1D, "front_image" },
    { 0x5F1E, "rear_image" },
    { 0x5F55, "personalization_time" }, // yyyymmddhhmmss
    { 0x5F56, "personalization_system" },
};

bool dg12_read(struct str file, struct dg12 *out, struct lds_error *error)
{
    return details_read(file, 0x6C, names, sizeof names / sizeof *names, &out->details, error);
}
