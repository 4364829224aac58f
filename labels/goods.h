/* goods.h - papers that go with goods, A4: the pick-up order (提货单) of what isn't paid yet, the delivery note (送货单) under whose
 * code docks load, and the shipping list (发货清单) with packages, carrier and driver [R36]. No prices. */
#ifndef LABELS_GOODS_H
#define LABELS_GOODS_H

#include "core/code.h"
#include "labels/box.h"

enum goods_kind { GOODS_PICKUP, GOODS_DELIVERY, GOODS_LIST };

struct goods_line {
    struct line_ref ref;
    int             rev;
    const char     *product, *size, *colour, *opening;
    int64_t         doors;
    const char     *pieces; /* numbers on labels, "" = any of them */
};

struct goods {
    enum goods_kind          kind;
    struct code_note         code;
    const char              *number; /* 2603-00001 */
    struct line_ref          order;
    const char              *factory, *customer, *phone, *address, *made, *by, *remarks;
    const char              *carrier, *waybill, *driver, *driver_phone, *plate, *sizes, *unloading;
    int64_t                  packages, volume_l; /* 0: not said */
    size_t                   count;
    const struct goods_line *lines;
};

void goods_put(struct paper *paper, const struct goods *goods);

#endif
