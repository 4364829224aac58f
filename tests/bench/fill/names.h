/* names.h - names of the bench's customers and products, so that one fills what another searches. */
#ifndef TESTS_BENCH_FILL_NAMES_H
#define TESTS_BENCH_FILL_NAMES_H

#include <stdint.h>
#include <stdio.h>

enum { BENCH_CUSTOMERS = 2000, BENCH_PRODUCTS = 60 };

#define BENCH_OF(LIST, N) ((LIST)[(N) % (int64_t)(sizeof(LIST) / sizeof *(LIST))])

static inline void bench_customer_name(int64_t n, char name[80])
{
    static const char *const PLACES[] = {"成都", "南充", "绵阳", "德阳", "眉山", "乐山",
                                         "宜宾", "泸州", "达州", "遂宁", "内江", "自贡"};
    static const char *const FAMILIES[] = {"王", "李", "张", "刘", "陈", "杨", "黄", "赵",
                                           "吴", "周", "徐", "孙", "马", "朱", "胡", "郭"};
    static const char *const GIVEN[] = {"丽", "建军", "秀英", "伟", "敏", "强", "磊", "洋",
                                        "勇", "艳",   "杰",   "娟", "涛", "明", "超", "平"};
    static const char *const TRADES[] = {"门业", "建材", "门窗", "装饰", "家居", "木业", "工程部", "经销部"};
    snprintf(name, 80, "%s%s%s%s", BENCH_OF(PLACES, n), BENCH_OF(FAMILIES, n / 12), BENCH_OF(GIVEN, n / 192),
             BENCH_OF(TRADES, n / 7));
}

static inline void bench_customer_phone(int64_t n, char phone[16])
{
    snprintf(phone, 16, "1%d%08d", 30 + (int)(n % 60), (int)(n * 48271 % 100000000));
}

static inline void bench_product_name(int64_t n, char name[80])
{
    static const char *const MATERIALS[] = {"钢质", "实木", "铜",   "铝",   "不锈钢",
                                            "免漆", "烤漆", "钢木", "生态", "原木"};
    static const char *const KINDS[] = {"防盗门", "室内门", "子母门", "推拉门", "防火门", "复合门"};
    snprintf(name, 80, "%s%s", BENCH_OF(MATERIALS, n), BENCH_OF(KINDS, n / 10));
}

#endif
