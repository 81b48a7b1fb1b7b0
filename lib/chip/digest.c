// SPDX-License-Identifier: MIT
#include "chip/digest.h"

#include <openssl/evp.h>

bool chip_sha256(struct str bytes, uint8_t out[CHIP_SHA256_SIZE])
{
    return EVP_Digest(bytes.p, bytes.n, out, NULL, EVP_sha256(), NULL) == 1;
}
