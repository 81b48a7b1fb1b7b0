// SPDX-License-Identifier: MIT
// One large file read by several processes, with the same output as by one.
#ifndef CLI_PARSE_SHARE_H
#define CLI_PARSE_SHARE_H

#include "cli/parse_job.h"

// parse_job_read() for a file that is open. Where its size or kind, the format or the number of
// jobs speak against sharing, this process does it all.
bool parse_share_file(struct parse_job *job, const struct parse_options *options,
                      struct emitter *emitter, struct str path, int fd, unsigned jobs);

#endif
