// SPDX-License-Identifier: MIT
#include "qr/qr.h"

#include "base/clock.h"
#include "qr/decode.h"
#include "qr/guess.h"
#include "qr/layout.h"
#include "qr/modules.h"
#include "qr/pose.h"
#include "qr/variant.h"

#include <stdlib.h>

enum {
    FOUND_MAX = 256,
    TRIPLES_TRIED = 24, // in vain, of one view; the likeliest come first
    PAIRED = 12,        // finders that are taken two by two,
    PAIRS_TRIED = 12,   // but no more than so many pairs
    BLIND_TRIED = 36,   // without a sign of the third finder, of a picture
    WARPED_IN_VAIN = 8, // of a picture: what only looks like symbols takes long, too
    ROUNDS = 4,         // of learning how the picture blurs
};

struct area {
    struct point corner[4];
};

struct qr_reader {
    struct decoder *decoder;
    struct pattern *pattern[VERSION_MAX + 1]; // made when first needed
    struct warp warp;
    struct modules modules;
    struct finders finders;
    struct triple triples[TRIPLES_MAX];
    struct area found[FOUND_MAX]; // in the picture in hand
    size_t found_count;
    size_t blind_tries, warped_in_vain;
    bool no_memory;
};

// A look at the picture: at some size, with some threshold.
struct look {
    struct qr_reader *reader;
    const struct qr_job *job;
    struct view view;
    float scale; // pixels of the picture for one of this view
    enum qr_step step;
    bool claimed[FINDERS_MAX]; // finders of symbols that were read
};

#define STEP_NAME(identifier, name) name,
static const char *const step_names[] = { QR_STEPS(STEP_NAME) };
#undef STEP_NAME

const char *qr_step_name(enum qr_step step)
{
    return step_names[step];
}

struct qr_reader *qr_reader_new(void)
{
    struct qr_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL)
        return NULL;
    reader->decoder = decoder_new();
    if (reader->decoder == NULL)
        qr_reader_free(&reader);
    return reader;
}

void qr_reader_free(struct qr_reader **reader)
{
    if (*reader == NULL)
        return;
    decoder_free(&(*reader)->decoder);
    for (size_t i = 0; i <= VERSION_MAX; i++)
        free((*reader)->pattern[i]);
    free(*reader);
    *reader = NULL;
}

static bool is_late(const struct qr_job *job)
{
    return job->deadline != 0 && clock_now() > job->deadline;
}

static const struct pattern *pattern_of(struct qr_reader *reader, int version)
{
    if (version < 1 || version > VERSION_MAX)
        return NULL;
    if (reader->pattern[version] == NULL) {
        reader->pattern[version] = malloc(sizeof **reader->pattern);
        if (reader->pattern[version] == NULL)
            return reader->no_memory = true, NULL;
        pattern_make(reader->pattern[version], version);
    }
    return reader->pattern[version];
}

// Is the point within four corners that go round?
static bool is_within(const struct area *area, struct point p)
{
    int left = 0;
    for (int i = 0; i < 4; i++) {
        struct point a = area->corner[i], b = area->corner[(i + 1) % 4];
        left += (b.x - a.x) * (p.y - a.y) > (b.y - a.y) * (p.x - a.x);
    }
    return left == 0 || left == 4;
}

static bool is_known(const struct look *look, float x, float y)
{
    struct point p = { x * look->scale, y * look->scale };
    for (size_t i = 0; i < look->reader->found_count; i++)
        if (is_within(&look->reader->found[i], p))
            return true;
    return false;
}

static struct area area_of(const struct look *look, const struct grid *grid)
{
    const struct warp *w = &look->reader->warp;
    float side = (float)grid->pattern->side;
    struct area area = { { warp_project(w, grid, 0, 0), warp_project(w, grid, side, 0),
                           warp_project(w, grid, side, side), warp_project(w, grid, 0, side) } };
    for (int i = 0; i < 4; i++) {
        area.corner[i].x *= look->scale;
        area.corner[i].y *= look->scale;
    }
    return area;
}

static void report(struct look *look, const struct grid *grid, const int corner[4],
                   struct str bytes)
{
    struct area area = area_of(look, grid);
    struct qr_symbol symbol = { .bytes = bytes,
                                .version = grid->pattern->version,
                                .step = look->step };

    for (int i = 0; i < 4; i++) {
        symbol.corner[i][0] = area.corner[corner[i]].x;
        symbol.corner[i][1] = area.corner[corner[i]].y;
    }
    if (look->reader->found_count < FOUND_MAX)
        look->reader->found[look->reader->found_count++] = area;
    look->job->found(look->job->ctx, &symbol);
}

// Takes the grid of a version if its timing patterns fit better than those of the best so far.
static void try_version(struct look *look, const struct pose *pose, int version, struct grid *best)
{
    struct grid grid;
    const struct pattern *pattern = pattern_of(look->reader, version);
    if (pattern == NULL)
        return;
    grid_begin(&grid, pattern, pose, &look->view);
    if (grid.timing > best->timing)
        *best = grid;
}

// The grid whose timing patterns fit best. The version is near what the finders' size tells; in
// strong perspective that tells little, which one step makes up for.
static bool find_grid(struct look *look, const struct pose *pose, struct grid *best)
{
    enum { NEAR = 3, FAR = 8, SURE_PERCENT = 70, LEAST_PERCENT = 20 };
    int middle = (int)((pose->side - 17) / 4 + 0.5f);
    int last = look->step == QR_STEP_WIDE ? FAR : NEAR;

    best->timing = -1;
    for (int off = 0; off <= last && best->timing * 100 < SURE_PERCENT; off++) {
        if (off > NEAR && best->timing * 100 >= LEAST_PERCENT)
            break;
        try_version(look, pose, middle + off, best);
        if (off > 0)
            try_version(look, pose, middle - off, best);
    }
    return best->timing * 100 >= LEAST_PERCENT;
}

static bool decode(struct look *look, const struct grid *grid)
{
    struct qr_reader *reader = look->reader;
    struct bytes bytes = { 0 };
    int corner[4];
    bool ok =
        decoder_read(reader->decoder, reader->modules.dark, grid->pattern->side, &bytes, corner);

    reader->no_memory |= bytes.failed;
    if (ok)
        report(look, grid, corner, bytes_str(&bytes));
    bytes_free(&bytes);
    return ok;
}

// A symbol that stands there as it was drawn needs no fitting and no learning.
static bool read_plain(struct look *look, const struct grid *grid)
{
    struct modules *modules = &look->reader->modules;

    look->reader->warp.nodes = 0;
    modules_glance(modules, grid, &look->view);
    bool ok = decode(look, grid);
    modules_wipe(modules);
    return ok;
}

static bool read_modules(struct look *look, const struct grid *grid, enum modules_against against)
{
    struct modules *modules = &look->reader->modules;
    bool ok = false;

    modules_sample(modules, grid, &look->reader->warp, &look->view, against);
    for (int round = 0; round < ROUNDS && !ok; round++) {
        modules_decide_by_learning(modules, round);
        ok = decode(look, grid);
    }
    modules_wipe(modules);
    return ok;
}

static bool read_warped(struct look *look, struct grid *grid)
{
    if (grid->pattern->version == 1)
        grid_fit_to_data(grid, &look->view);
    warp_fit(&look->reader->warp, grid, &look->view);
    return read_modules(look, grid, AGAINST_VIEW) || read_modules(look, grid, AGAINST_MODULES);
}

static bool read_grid(struct look *look, struct grid *grid)
{
    enum { LEAST_PERCENT = 50 };
    struct qr_reader *reader = look->reader;

    reader->warp.nodes = 0;
    if (read_modules(look, grid, AGAINST_VIEW))
        return true;
    if (grid->score * 100 < LEAST_PERCENT || reader->warped_in_vain >= WARPED_IN_VAIN ||
        is_late(look->job))
        return false;
    bool ok = read_warped(look, grid);
    reader->warped_in_vain += !ok;
    return ok;
}

static bool is_new(const struct look *look, const struct grid *grid)
{
    float middle = (float)grid->pattern->side / 2;
    struct point at = grid_project(grid, middle, middle);
    return !is_known(look, at.x, at.y);
}

static bool try_pose(struct look *look, const struct pose *pose)
{
    enum { LEAST_PERCENT = 30 };
    struct grid grid;

    if (!find_grid(look, pose, &grid))
        return false;
    if (pose->missing != POSE_COMPLETE)
        grid_find_missing(&grid, pose->missing, &look->view);
    grid_judge(&grid, &look->view);
    if (grid_is_plain(&grid, &look->view) && is_new(look, &grid) && read_plain(look, &grid))
        return true;
    grid_fit(&grid, &look->view);
    // A grid that cannot be has a score that is no number.
    return grid.score * 100 >= LEAST_PERCENT && is_new(look, &grid) && read_grid(look, &grid);
}

static struct pose pose_of(const struct look *look, const struct triple *t, float size[3])
{
    const struct finder *all = look->reader->finders.finder;
    const struct finder *f[] = { &all[t->corner], &all[t->right], &all[t->down] };
    struct pose pose = { .side = t->side,
                         .lean = { 1, 1 },
                         .doubt = POSE_DOUBT_PERCENT / 100.0f,
                         .missing = POSE_COMPLETE };

    for (int i = 0; i < 3; i++) {
        pose.finder[i] = (struct point){ f[i]->x, f[i]->y };
        size[i] = f[i]->across + f[i]->down;
    }
    return pose;
}

// Those that can be measured, or those that cannot.
static void try_triples(struct look *look, size_t count, enum pose_end kind)
{
    float size[3];
    size_t tried = 0, most = kind == POSE_MEASURED ? TRIPLES_TRIED : TRIPLES_TRIED / 2;

    for (size_t i = 0; i < count && tried < most && !is_late(look->job); i++) {
        const struct triple *t = &look->reader->triples[i];
        bool *a = &look->claimed[t->corner], *b = &look->claimed[t->right];
        bool *c = &look->claimed[t->down];
        if (*a || *b || *c)
            continue;
        struct pose pose = pose_of(look, t, size);
        if (pose_measure(&look->view, size, &pose) != kind)
            continue;
        tried++;
        if (try_pose(look, &pose)) {
            *a = *b = *c = true;
            tried = 0;
        }
    }
}

// Two that may be of one symbol. Where some was read, only such as are surely finders.
static bool is_pair(const struct look *look, size_t i, size_t j)
{
    const struct finder *f = look->reader->finders.finder;
    float size_i = f[i].across + f[i].down, size_j = f[j].across + f[j].down;
    int sure = f[i].sure + f[j].sure;

    return !look->claimed[i] && !look->claimed[j] && size_i < 1.5f * size_j &&
           size_j < 1.5f * size_i && sure > (look->reader->found_count > 0 ? 1 : 0);
}

// Where nothing is seen of the third finder, its place takes long to find, and mostly none is
// there.
static bool is_worth_it(struct look *look, const struct pose *pose)
{
    return pose->missing == POSE_COMPLETE || look->reader->blind_tries++ < BLIND_TRIED;
}

static void try_pair(struct look *look, size_t i, size_t j)
{
    const struct finder *f = look->reader->finders.finder;
    struct pose pose;

    for (unsigned way = 0; way < GUESS_WAYS && !is_late(look->job); way++)
        if (guess_third(&look->view, &f[i], &f[j], way, &pose) && is_worth_it(look, &pose) &&
            try_pose(look, &pose)) {
            look->claimed[i] = look->claimed[j] = true;
            return;
        }
}

static void try_pairs(struct look *look)
{
    size_t count = look->reader->finders.count < PAIRED ? look->reader->finders.count : PAIRED;
    size_t tried = 0;

    look->step = QR_STEP_PAIR;
    for (size_t j = 1; j < count; j++)
        for (size_t i = 0; i < j && tried < PAIRS_TRIED; i++)
            if (is_pair(look, i, j)) {
                tried++;
                try_pair(look, i, j);
            }
}

// Finders within symbols that were read are of no further use.
static void drop_known(struct look *look)
{
    struct finders *all = &look->reader->finders;
    size_t kept = 0;
    for (size_t i = 0; i < all->count; i++)
        if (!is_known(look, all->finder[i].x, all->finder[i].y))
            all->finder[kept++] = all->finder[i];
    all->count = kept;
}

static bool sees_more(const struct look *look)
{
    const struct finders *all = &look->reader->finders;
    for (size_t i = 0; i < all->count; i++)
        if (all->finder[i].sure && !is_known(look, all->finder[i].x, all->finder[i].y))
            return true;
    return false;
}

struct way_to_look {
    enum qr_step step;
    uint32_t reach; // in blocks
};

// Returns whether finders are left that may be of symbols not read.
static bool look_at(struct qr_reader *reader, const struct qr_job *job, const struct plane *plane,
                    float scale, struct way_to_look way)
{
    struct bits bits;
    struct look look = {
        .reader = reader, .job = job, .view = { plane, &bits }, .scale = scale, .step = way.step
    };

    if (!bits_alloc(&bits, plane->width, plane->height))
        return reader->no_memory = true, false;
    bits_sum(&bits, plane);
    bits_fill(&bits, plane, way.reach);
    finders_find(&bits, plane, &reader->finders);
    drop_known(&look);
    size_t count = layout_triples(&reader->finders, reader->triples);
    try_triples(&look, count, POSE_MEASURED);
    try_triples(&look, count, POSE_UNKNOWN);
    bool more = sees_more(&look);
    if (more || reader->found_count == 0) {
        try_pairs(&look);
        more = sees_more(&look);
    }
    bits_free(&bits);
    return more;
}

typedef bool make_fn(const struct plane *plane, struct plane *out);

static void look_at_made(struct qr_reader *reader, const struct qr_job *job,
                         const struct plane *plane, make_fn *make, float scale,
                         struct way_to_look way)
{
    struct plane other = { 0 };

    if (reader->found_count > 0 || is_late(job))
        return;
    if (make(plane, &other))
        look_at(reader, job, &other, scale, way);
    plane_free(&other);
}

// From afar: symbols that fill the picture, and such as are but seen in a screen's own grid. It is
// cheap, as little is left to be looked at.
static void look_from_afar(struct qr_reader *reader, const struct qr_job *job,
                           const struct plane *plane)
{
    const struct way_to_look wide = { QR_STEP_WIDE, 7 };
    struct plane half = { 0 }, quarter = { 0 };

    if (variant_half(plane, &half) && variant_half(&half, &quarter))
        look_at(reader, job, &quarter, 4, wide);
    plane_free(&half);
    plane_free(&quarter);
}

static void look_again(struct qr_reader *reader, const struct qr_job *job,
                       const struct plane *plane)
{
    enum { DOUBLED_MAX = 5000000 };
    const struct way_to_look wide = { QR_STEP_WIDE, 7 };
    const struct way_to_look half = { QR_STEP_HALF, 2 };
    const struct way_to_look doubled = { QR_STEP_DOUBLE, 1 };
    const struct way_to_look sharp = { QR_STEP_SHARP, 1 };
    const struct way_to_look inverted = { QR_STEP_INVERTED, 1 };

    if (reader->found_count == 0 && !is_late(job))
        look_at(reader, job, plane, 1, wide);
    look_at_made(reader, job, plane, variant_sharp, 1, sharp);
    look_at_made(reader, job, plane, variant_half, 2, half);
    if ((uint64_t)plane->width * plane->height <= DOUBLED_MAX)
        look_at_made(reader, job, plane, variant_double, 0.5f, doubled);
    look_at_made(reader, job, plane, variant_negative, 1, inverted);
}

static void look_everywhere(struct qr_reader *reader, const struct plane *plane,
                            const struct qr_job *job)
{
    const struct way_to_look direct = { QR_STEP_DIRECT, 1 };
    const struct way_to_look coarse = { QR_STEP_COARSE, 3 };
    bool more = look_at(reader, job, plane, 1, direct);

    if ((more || reader->found_count == 0) && !is_late(job))
        more = look_at(reader, job, plane, 1, coarse);
    if ((more || reader->found_count == 0) && !is_late(job))
        look_from_afar(reader, job, plane);
    look_again(reader, job, plane);
}

enum qr_end qr_read(struct qr_reader *reader, const struct plane *plane, const struct qr_job *job)
{
    reader->found_count = 0;
    reader->blind_tries = reader->warped_in_vain = 0;
    reader->no_memory = !decoder_begin(reader->decoder);
    if (plane->width < SIDE_MIN || plane->height < SIDE_MIN)
        return QR_END_DONE;
    look_everywhere(reader, plane, job);
    // The next picture may be somebody's who takes over the process: it finds no card here.
    decoder_end(reader->decoder);
    return reader->no_memory ? QR_END_NO_MEMORY : is_late(job) ? QR_END_DEADLINE : QR_END_DONE;
}
