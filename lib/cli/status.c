// SPDX-License-Identifier: MIT
#include "cli/status.h"

enum status status_worse(enum status a, enum status b)
{
    static const int rank[] = { [STATUS_OK] = 0,
                                [STATUS_NEGATIVE] = 1,
                                [STATUS_UNREADABLE] = 2,
                                [STATUS_USAGE] = 3,
                                [STATUS_FAILED] = 4 };
    return rank[a] >= rank[b] ? a : b;
}
