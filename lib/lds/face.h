// SPDX-License-Identifier: MIT
// The two kinds of facial records that a biometric template of DG2 may hold.
#ifndef LDS_FACE_H
#define LDS_FACE_H

#include "lds/dg2.h"

bool dg2_add_image(struct dg2 *out, struct dg2_image image, struct lds_error *error);

// ISO/IEC 19794-5: begins with "FAC". `at`: where the record begins in the file.
bool face_19794_read(struct str record, size_t at, struct dg2 *out, struct lds_error *error);

// ISO/IEC 39794-5: what is inside the biometric data block (7F2E).
bool face_39794_read(struct tlv_reader *block, struct dg2 *out, struct lds_error *error);

#endif
