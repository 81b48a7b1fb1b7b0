// SPDX-License-Identifier: MIT
#include "image/pdf_scan.h"

#include <stdlib.h>

enum { DEPTH_MAX = 32, PICTURES_MAX = 256 };

// ---- pages (ISO 32000-1, 7.7.3) ----

// A node of the tree of pages whose children are being visited.
struct node {
    struct str kids, resources;
};

struct walk {
    struct pdf_scans *scans;
    size_t pages;
    size_t nodes_left; // a tree that contains itself comes to an end
    struct node stack[DEPTH_MAX];
    unsigned depth;
};

static bool visit(struct walk *w, struct str dictionary, struct str resources)
{
    struct pdf_objects *o = &w->scans->objects;
    struct str own = pdf_get(o, dictionary, STR("/Resources"));
    struct str type = pdf_get(o, dictionary, STR("/Type"));

    if (w->nodes_left-- == 0)
        return false;
    resources = own.n > 0 ? own : resources;
    if (str_eq(type, STR("/Pages")) && w->depth < DEPTH_MAX) {
        struct str kids = pdf_inside(pdf_get(o, dictionary, STR("/Kids")));
        w->stack[w->depth++] = (struct node){ kids, resources };
        return true;
    }
    if (!str_eq(type, STR("/Page")) || w->scans->count == w->pages)
        return false;
    w->scans->page[w->scans->count++] = (struct pdf_page){ resources };
    return true;
}

static bool walk_tree(struct walk *w)
{
    struct pdf_objects *o = &w->scans->objects;
    struct str pages = pdf_get(o, pdf_resolve(o, o->root), STR("/Pages"));

    if (!visit(w, pages, (struct str){ 0 }))
        return false;
    while (w->depth > 0) {
        struct node *top = &w->stack[w->depth - 1];
        struct str kid = pdf_next(&top->kids);
        if (kid.n == 0)
            w->depth--;
        else if (!visit(w, pdf_resolve(o, kid), top->resources))
            return false;
    }
    return w->scans->count == w->pages;
}

bool pdf_scans_find(struct pdf_scans *s, struct str bytes, size_t pages)
{
    struct walk w = { .scans = s, .pages = pages };

    *s = (struct pdf_scans){ 0 };
    if (!pdf_objects_find(&s->objects, bytes))
        return false;
    w.nodes_left = s->objects.count * 2;
    s->page = pages < s->objects.count ? calloc(pages, sizeof *s->page) : NULL;
    if (s->page != NULL && walk_tree(&w))
        return true;
    pdf_scans_free(s);
    return false;
}

void pdf_scans_free(struct pdf_scans *s)
{
    pdf_objects_free(&s->objects);
    free(s->page);
    *s = (struct pdf_scans){ 0 };
}

// ---- pictures (8.9.5) ----

static bool is_true(struct pdf_objects *o, struct str dictionary, struct str name)
{
    return str_eq(pdf_get(o, dictionary, name), STR("true"));
}

// A name, alone or as the only member of an array.
static struct str only_member(struct pdf_objects *o, struct str value)
{
    struct str rest = pdf_inside(value);

    if (!str_starts(value, STR("[")))
        return value;
    struct str first = pdf_next(&rest);
    return pdf_next(&rest).n == 0 ? pdf_resolve(o, first) : (struct str){ 0 };
}

static bool is_plain_colour(struct pdf_objects *o, struct str dictionary)
{
    struct str space = pdf_get(o, dictionary, STR("/ColorSpace")), rest = pdf_inside(space);
    struct str name = str_starts(space, STR("[")) ? pdf_next(&rest) : space;

    return str_eq(name, STR("/DeviceGray")) || str_eq(name, STR("/DeviceRGB")) ||
           str_eq(name, STR("/CalGray")) || str_eq(name, STR("/CalRGB")) ||
           str_eq(name, STR("/ICCBased"));
}

// Does /Decode turn black and white around, where it is given? -1: it does something else.
static int inverts(struct pdf_objects *o, struct str dictionary)
{
    struct str value = pdf_get(o, dictionary, STR("/Decode")), rest = pdf_inside(value);
    struct str from = pdf_next(&rest), to = pdf_next(&rest);

    if (value.n == 0)
        return 0;
    if (pdf_next(&rest).n > 0 || pdf_number(from) + pdf_number(to) != 1)
        return -1;
    return pdf_number(from) == 1;
}

// 7.4.6: without /K the coding is that of group 3.
static bool is_group_4(struct pdf_objects *o, struct str dictionary, struct pdf_picture *p)
{
    struct str parameters = only_member(o, pdf_get(o, dictionary, STR("/DecodeParms")));
    int inverted = inverts(o, dictionary);

    if (!str_starts(pdf_get(o, parameters, STR("/K")), STR("-")) || inverted < 0 ||
        is_true(o, parameters, STR("/EncodedByteAlign")) ||
        pdf_number(pdf_get(o, parameters, STR("/Columns"))) != (long)p->width)
        return false;
    p->invert = is_true(o, parameters, STR("/BlackIs1")) != (inverted == 1);
    return true;
}

static void describe(struct pdf_objects *o, struct str dictionary, struct pdf_picture *p)
{
    struct str filter = only_member(o, pdf_get(o, dictionary, STR("/Filter")));
    bool plain = pdf_get(o, dictionary, STR("/SMask")).n == 0 &&
                 pdf_get(o, dictionary, STR("/Mask")).n == 0 &&
                 !is_true(o, dictionary, STR("/ImageMask")) && is_plain_colour(o, dictionary);

    p->kind = PDF_PICTURE_OTHER;
    p->data = pdf_stream(o, dictionary);
    if (!plain || p->data.n == 0 || p->data.n > INT32_MAX)
        return;
    if (str_eq(filter, STR("/DCTDecode")) && pdf_get(o, dictionary, STR("/Decode")).n == 0)
        p->kind = PDF_PICTURE_JPEG;
    else if (str_eq(filter, STR("/CCITTFaxDecode")) && is_group_4(o, dictionary, p))
        p->kind = PDF_PICTURE_FAX;
}

static uint64_t length_of(struct pdf_objects *o, struct str dictionary, struct str name)
{
    long length = pdf_number(pdf_get(o, dictionary, name));
    return length < 0 ? 0 : length < UINT32_MAX ? (uint64_t)length : UINT32_MAX;
}

struct pdf_picture pdf_scans_get(struct pdf_scans *s, size_t page)
{
    struct pdf_objects *o = &s->objects;
    struct pdf_picture found = { 0 };
    unsigned count = 0;

    if (page >= s->count)
        return found;
    struct str rest = pdf_inside(pdf_get(o, s->page[page].resources, STR("/XObject")));
    while (pdf_next(&rest).n > 0 && count < PICTURES_MAX) { // a name
        struct str dictionary = pdf_resolve(o, pdf_next(&rest));
        struct pdf_picture one = {
            .width = length_of(o, dictionary, STR("/Width")),
            .height = length_of(o, dictionary, STR("/Height")),
        };
        bool picture = str_eq(pdf_get(o, dictionary, STR("/Subtype")), STR("/Image"));
        if (++count == 1 && picture)
            describe(o, dictionary, &one);
        if (count == 1 || one.width * one.height > found.width * found.height)
            found = one;
    }
    if (count > 1)
        found.kind = PDF_PICTURE_UNKNOWN;
    return found;
}

// ---- a fax as TIFF (TIFF 6.0, section 2) ----

static void put_number(struct bytes *out, uint32_t value, unsigned size)
{
    for (unsigned i = 0; i < size; i++)
        bytes_put_char(out, (char)(value >> 8 * i & 255));
}

void pdf_put_tiff(struct bytes *out, const struct pdf_picture *fax)
{
    enum { ENTRIES = 8, HEADER = 8, START = HEADER + 2 + 12 * ENTRIES + 4, TYPE_LONG = 4 };
    const uint32_t entries[ENTRIES][2] = {
        { 256, (uint32_t)fax->width },
        { 257, (uint32_t)fax->height },
        { 259, 4 }, // group 4
        { 262, fax->invert },
        { 273, START },
        { 277, 1 },
        { 278, (uint32_t)fax->height },
        { 279, (uint32_t)fax->data.n },
    };

    bytes_lit(out, "II*\0");
    put_number(out, HEADER, 4);
    put_number(out, ENTRIES, 2);
    for (size_t i = 0; i < ENTRIES; i++) {
        put_number(out, entries[i][0], 2);
        put_number(out, TYPE_LONG, 2);
        put_number(out, 1, 4);
        put_number(out, entries[i][1], 4);
    }
    put_number(out, 0, 4);
    bytes_put_str(out, fax->data);
}
