// SPDX-License-Identifier: MIT
// cccd-scan on what never ends: a folder that others fill, a stream of pictures.
#ifndef CLI_SCAN_LIVE_H
#define CLI_SCAN_LIVE_H

#include "cli/resume.h"
#include "cli/scan_job.h"

enum live_end {
    LIVE_STOPPED, // by a signal, or the stream is over
    LIVE_GONE,    // the folder is there no more
    LIVE_LOST,    // files may have been missed
    LIVE_FAILED,  // errno tells why, or the job does
};

// Both end, too, on SIGINT and SIGTERM. What an earlier run is done with is passed over once
// more, not when it is written anew; `resume` may be NULL.
enum live_end scan_live_folder(struct scan_job *job, const char *folder, struct resume *resume);
enum live_end scan_live_stream(struct scan_job *job, int fd, uint64_t frame_max);

#endif
