/* emulator.c - USB devices that aren't there: tests/usb/emulator.h. */
#include "tests/usb/emulator.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/usbdevice_fs.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <umockdev.h>
#include <unistd.h>

enum { DESC_MAX = 256, TEXT_MAX = 4096, CONTROL_HEAD = 8, REQUESTS_MAX = 256, LATE_US = 20000, CLOSE_MOST_MS = 10000 };

/* A report, or what is left of it, that waits in the device. */
struct waiting {
    int     endpoint, status;
    size_t  len;
    uint8_t bytes[USB_PACKET_MAX];
};

/* A request of the program that is under way, or done and not reaped yet. */
struct flying {
    UMockdevIoctlData *urb;
    int                endpoint;
    size_t             have;
    const void        *client; /* for comparing */
};

struct usb {
    const struct usb_profile *profile;
    char                      node[32], sys[64], name[16];
    uint8_t                   desc[DESC_MAX]; /* device and configuration */
    size_t                    desc_len;
    int                       master, slave; /* the terminal */
    bool                      is_gone;
    GMutex                    lock;
    GQueue                    waiting, flying, done;
    UMockdevIoctlBase        *handler;
    unsigned                  claimed, detached;
    int                       busy, opened;
    int                       requests[REQUESTS_MAX];
};

static UMockdevTestbed *bed;
static int              newest_address = 1;

/* ---- The wire */

static void gate(struct usb *usb)
{
    if (usb->slave >= 0) tcflow(usb->slave, usb->done.length > 0 ? TCOON : TCOOFF);
}

static const struct usb_interface *interface_of(const struct usb *usb, int endpoint)
{
    for (int i = 0; i < usb->profile->interface_count; i++)
        if (usb->profile->interfaces[i].endpoint == endpoint) return &usb->profile->interfaces[i];
    return NULL;
}

static struct flying *flying_of(struct usb *usb, int endpoint)
{
    for (GList *at = usb->flying.head; at != NULL; at = at->next)
        if (((struct flying *)at->data)->endpoint == endpoint) return at->data;
    return NULL;
}

/* One packet of a report into a request: a short packet, a full buffer or an error ends the request. */
static void packet_move(struct usb *usb, struct waiting *from, struct flying *to)
{
    struct usbdevfs_urb *urb = (struct usbdevfs_urb *)to->urb->data;
    UMockdevIoctlData   *buffer = umockdev_ioctl_data_resolve(to->urb, G_STRUCT_OFFSET(struct usbdevfs_urb, buffer),
                                                              (gsize)urb->buffer_length, NULL);
    size_t               most = interface_of(usb, from->endpoint)->packet_bytes;
    size_t               room = (size_t)urb->buffer_length - to->have, packet = from->len < most ? from->len : most;
    bool                 is_over = packet > room;
    size_t               moved = is_over ? room : packet;
    memcpy(buffer->data + to->have, from->bytes, moved);
    g_object_unref(buffer);
    to->have += moved;
    from->len -= moved;
    memmove(from->bytes, from->bytes + moved, from->len);
    if (is_over) from->len = 0;
    bool is_short = packet < most;
    if (from->status == 0 && !is_over && !is_short && to->have < (size_t)urb->buffer_length) return;
    urb->status = from->status != 0 ? from->status : is_over ? -EOVERFLOW : 0;
    urb->actual_length = (int)to->have;
    g_queue_remove(&usb->flying, to);
    g_queue_push_tail(&usb->done, to);
}

static void pump(struct usb *usb)
{
    for (GList *at = usb->waiting.head; at != NULL;) {
        struct waiting *from = at->data;
        struct flying  *to = flying_of(usb, from->endpoint);
        GList          *next = at->next;
        if (to == NULL) {
            at = next;
            continue;
        }
        packet_move(usb, from, to);
        if (from->len > 0) continue;
        g_queue_delete_link(&usb->waiting, at);
        g_free(from);
        at = next;
    }
    gate(usb);
}

/* ---- Requests */

/* The answer's length, or a negative errno. */
static int control(struct usb *usb, const uint8_t *setup, uint8_t *out)
{
    int want = setup[6] | setup[7] << 8;
    usb->requests[setup[1]]++;
    if (setup[0] == 0x81 && setup[1] == 6 && setup[3] == 0x22 && setup[4] < usb->profile->interface_count) {
        const struct usb_interface *interface = &usb->profile->interfaces[setup[4]];
        int                         len = (int)interface->desc_len < want ? (int)interface->desc_len : want;
        if (len == 0) return -EPIPE;
        memcpy(out, interface->desc, (size_t)len);
        return len;
    }
    return setup[0] == 0x21 ? want : -EPIPE;
}

static bool is_request_to_other(const struct usb *usb, const uint8_t *setup)
{
    return (setup[0] & 0x1F) == 1 && (usb->claimed & 1U << setup[4]) == 0;
}

static int urb_submit(struct usb *usb, UMockdevIoctlClient *client, UMockdevIoctlData *arg)
{
    if (usb->is_gone) return ENODEV;
    UMockdevIoctlData   *data = umockdev_ioctl_data_resolve(arg, 0, sizeof(struct usbdevfs_urb), NULL);
    struct usbdevfs_urb *urb = (struct usbdevfs_urb *)data->data;
    UMockdevIoctlData   *buffer = umockdev_ioctl_data_resolve(data, G_STRUCT_OFFSET(struct usbdevfs_urb, buffer),
                                                              (gsize)urb->buffer_length, NULL);
    struct flying       *made = g_new0(struct flying, 1);
    made->urb = data;
    made->endpoint = urb->endpoint;
    made->client = client;
    if (urb->type != USBDEVFS_URB_TYPE_CONTROL) {
        g_queue_push_tail(&usb->flying, made);
    } else {
        int len =
            is_request_to_other(usb, buffer->data) ? -EPERM : control(usb, buffer->data, buffer->data + CONTROL_HEAD);
        urb->status = len < 0 ? len : 0;
        urb->actual_length = len > 0 ? len : 0;
        g_queue_push_tail(&usb->done, made);
    }
    if (buffer != NULL) g_object_unref(buffer);
    pump(usb);
    return 0;
}

static void flying_free(struct flying *flying)
{
    g_object_unref(flying->urb);
    g_free(flying);
}

static int urb_reap(struct usb *usb, UMockdevIoctlData *arg)
{
    struct flying *done = g_queue_pop_head(&usb->done);
    if (done == NULL) return usb->is_gone ? ENODEV : EAGAIN;
    UMockdevIoctlData *place = umockdev_ioctl_data_resolve(arg, 0, sizeof(void *), NULL);
    umockdev_ioctl_data_set_ptr(place, 0, done->urb);
    g_object_unref(place);
    flying_free(done);
    gate(usb);
    return 0;
}

static int urb_discard(struct usb *usb, UMockdevIoctlData *arg)
{
    for (GList *at = usb->flying.head; at != NULL; at = at->next) {
        struct flying *flying = at->data;
        if (flying->urb->client_addr != *(gulong *)arg->data) continue;
        ((struct usbdevfs_urb *)flying->urb->data)->status = -ENOENT;
        g_queue_delete_link(&usb->flying, at);
        g_queue_push_tail(&usb->done, flying);
        gate(usb);
        return 0;
    }
    return EINVAL;
}

static unsigned number_of(UMockdevIoctlData *arg)
{
    UMockdevIoctlData *data = umockdev_ioctl_data_resolve(arg, 0, sizeof(unsigned), NULL);
    unsigned           number = *(unsigned *)data->data;
    g_object_unref(data);
    return number;
}

static int claim(struct usb *usb, unsigned interface, bool is_taking)
{
    if (usb->is_gone) return ENODEV;
    if (usb->busy > 0) {
        usb->busy--;
        return EBUSY;
    }
    bool has_driver = usb->profile->interfaces[interface].class == 3 && (usb->detached & 1U << interface) == 0;
    if (has_driver && !is_taking) return EBUSY;
    usb->claimed |= 1U << interface;
    usb->detached |= 1U << interface;
    return 0;
}

/* The kernel's driver is given back what was taken from it. */
static int driver_ioctl(struct usb *usb, UMockdevIoctlData *arg)
{
    UMockdevIoctlData           *data = umockdev_ioctl_data_resolve(arg, 0, sizeof(struct usbdevfs_ioctl), NULL);
    const struct usbdevfs_ioctl *call = (const struct usbdevfs_ioctl *)data->data;
    if (call->ioctl_code == (int)USBDEVFS_CONNECT) usb->detached &= ~(1U << call->ifno);
    g_object_unref(data);
    return 0;
}

static int answer(struct usb *usb, UMockdevIoctlClient *client, gulong request, UMockdevIoctlData *arg)
{
    UMockdevIoctlData *data;
    switch (request) {
    case USBDEVFS_GET_CAPABILITIES:
        data = umockdev_ioctl_data_resolve(arg, 0, sizeof(guint32), NULL);
        *(guint32 *)data->data = USBDEVFS_CAP_REAP_AFTER_DISCONNECT | USBDEVFS_CAP_ZERO_PACKET;
        g_object_unref(data);
        return 0;
    case USBDEVFS_DISCONNECT_CLAIM: return claim(usb, number_of(arg), true);
    case USBDEVFS_CLAIMINTERFACE: return claim(usb, number_of(arg), false);
    case USBDEVFS_RELEASEINTERFACE: usb->claimed &= ~(1U << number_of(arg)); return usb->is_gone ? ENODEV : 0;
    case USBDEVFS_IOCTL: return usb->is_gone ? ENODEV : driver_ioctl(usb, arg);
    case USBDEVFS_CLEAR_HALT:
    case USBDEVFS_RESET: return usb->is_gone ? ENODEV : 0;
    case USBDEVFS_SUBMITURB: return urb_submit(usb, client, arg);
    case USBDEVFS_REAPURB:
    case USBDEVFS_REAPURBNDELAY: return urb_reap(usb, arg);
    case USBDEVFS_DISCARDURB: return urb_discard(usb, arg);
    default: return ENOTTY;
    }
}

/* In the test bed's own thread. */
static gboolean on_ioctl(UMockdevIoctlBase *handler, UMockdevIoctlClient *client, struct usb *usb)
{
    UMockdevIoctlData *arg = umockdev_ioctl_client_get_arg(client);
    (void)handler;
    g_mutex_lock(&usb->lock);
    int error = answer(usb, client, umockdev_ioctl_client_get_request(client), arg);
    g_mutex_unlock(&usb->lock);
    umockdev_ioctl_client_complete(client, error == 0 ? 0 : -1, error);
    return TRUE;
}

static void queue_drop(GQueue *queue, const void *client)
{
    for (GList *at = queue->head, *next; at != NULL; at = next) {
        next = at->next;
        if (client != NULL && ((struct flying *)at->data)->client != client) continue;
        flying_free(at->data);
        g_queue_delete_link(queue, at);
    }
}

/* A file that is closed takes its requests and claims along; nobody gives back the driver then. The test bed tells it only by
 * letting go of its object. */
static void on_closed(void *self, GObject *was)
{
    struct usb *usb = self;
    g_mutex_lock(&usb->lock);
    queue_drop(&usb->flying, was);
    queue_drop(&usb->done, was);
    usb->claimed = 0;
    usb->opened--;
    gate(usb);
    g_mutex_unlock(&usb->lock);
}

static void on_opened(UMockdevIoctlBase *handler, UMockdevIoctlClient *client, struct usb *usb)
{
    (void)handler;
    g_mutex_lock(&usb->lock);
    usb->opened++;
    g_mutex_unlock(&usb->lock);
    g_object_weak_ref(G_OBJECT(client), on_closed, usb);
}

/* ---- Descriptors and files */

static void desc_put(struct usb *usb, size_t count, const uint8_t *bytes)
{
    g_assert(usb->desc_len + count <= sizeof usb->desc);
    memcpy(usb->desc + usb->desc_len, bytes, count);
    usb->desc_len += count;
}

#define PUT(usb, ...) desc_put(usb, sizeof((uint8_t[]){__VA_ARGS__}), (uint8_t[]){__VA_ARGS__})

static void desc_make(struct usb *usb)
{
    const struct usb_profile *of = usb->profile;
    PUT(usb, 18, 1, 0x10, 1, 0, 0, 0, 8, (uint8_t)of->vendor, (uint8_t)(of->vendor >> 8), (uint8_t)of->product,
        (uint8_t)(of->product >> 8), 0, 1, 1, 2, 3, 1);
    size_t begin = usb->desc_len;
    PUT(usb, 9, 2, 0, 0, (uint8_t)of->interface_count, 1, 0, 0xA0, 50);
    for (int i = 0; i < of->interface_count; i++) {
        const struct usb_interface *interface = &of->interfaces[i];
        PUT(usb, 9, 4, (uint8_t)i, 0, interface->endpoint != 0, interface->class, interface->subclass,
            interface->protocol, 0);
        if (interface->class == 3)
            PUT(usb, 9, 0x21, 0x10, 1, 0, 1, 0x22, (uint8_t)interface->desc_len, (uint8_t)(interface->desc_len >> 8));
        if (interface->endpoint != 0)
            PUT(usb, 7, 5, interface->endpoint, interface->is_bulk ? 2 : 3, interface->packet_bytes, 0, 1);
    }
    usb->desc[begin + 2] = (uint8_t)(usb->desc_len - begin);
}

static void hex_put(GString *text, const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) g_string_append_printf(text, "%02X", bytes[i]);
}

/* What usbhid makes in /sys of each HID interface, before libusb hears of the device. */
static void hid_files_make(const struct usb *usb)
{
    char *root = umockdev_testbed_get_root_dir(bed);
    for (int i = 0; i < usb->profile->interface_count; i++) {
        const struct usb_interface *interface = &usb->profile->interfaces[i];
        if (interface->class != 3 || usb->profile->is_unread) continue;
        char *folder = g_strdup_printf("%s%s/%s:1.%d/0003:%04X:%04X.0001", root, usb->sys, usb->name, i,
                                       usb->profile->vendor, usb->profile->product);
        char *file = g_build_filename(folder, "report_descriptor", NULL);
        char *devices = g_build_filename(root, "sys/bus/usb/devices", NULL);
        char *link = g_strdup_printf("%s/%s:1.%d", devices, usb->name, i);
        char *target = g_strdup_printf("../../../devices/usb1/%s/%s:1.%d", usb->name, usb->name, i);
        g_mkdir_with_parents(folder, 0755);
        g_mkdir_with_parents(devices, 0755);
        g_file_set_contents(file, (const char *)interface->desc, (gssize)interface->desc_len, NULL);
        unlink(link);
        if (symlink(target, link) != 0) g_error("%s: %s", link, g_strerror(errno));
        g_free(folder);
        g_free(file);
        g_free(devices);
        g_free(link);
        g_free(target);
    }
    g_free(root);
}

/* A terminal in the place of the device's file. */
static void node_make(struct usb *usb)
{
    char           tty[64];
    struct termios raw;
    if (openpty(&usb->master, &usb->slave, tty, NULL, NULL) != 0) g_error("openpty: %s", g_strerror(errno));
    fcntl(usb->master, F_SETFD, FD_CLOEXEC);
    fcntl(usb->slave, F_SETFD, FD_CLOEXEC);
    tcgetattr(usb->slave, &raw);
    cfmakeraw(&raw);
    tcsetattr(usb->slave, TCSANOW, &raw);
    gate(usb);
    char *root = umockdev_testbed_get_root_dir(bed), *path = g_strconcat(root, usb->node, NULL);
    char *folder = g_path_get_dirname(path);
    g_mkdir_with_parents(folder, 0755);
    unlink(path);
    if (symlink(tty, path) != 0) g_error("%s: %s", path, g_strerror(errno));
    g_free(root);
    g_free(path);
    g_free(folder);
}

/* No "N:" line: the node is made already. */
static void device_announce(struct usb *usb, int address)
{
    GString *text = g_string_new(NULL);
    g_string_printf(
        text,
        "P: %s\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nE: BUSNUM=001\nE: DEVNUM=%03d\nE: DEVNAME=%s\nE: MAJOR=189\n"
        "E: MINOR=%d\nA: busnum=1\\n\nA: devnum=%d\\n\nA: bConfigurationValue=1\\n\nA: speed=12\\n\n",
        usb->sys + strlen("/sys"), address, usb->node, address - 1, address);
    if (usb->profile->product_name != NULL)
        g_string_append_printf(text, "A: product=%s\\n\n", usb->profile->product_name);
    if (usb->profile->serial != NULL) g_string_append_printf(text, "A: serial=%s\\n\n", usb->profile->serial);
    g_string_append(text, "H: descriptors=");
    hex_put(text, usb->desc, usb->desc_len);
    g_string_append(text, "\n");
    umockdev_testbed_add_from_string(bed, text->str, NULL);
    g_string_free(text, TRUE);
}

/* ---- Plugging */

void usb_open(void)
{
    signal(SIGHUP, SIG_IGN);
    signal(SIGTTOU, SIG_IGN);
    bed = umockdev_testbed_new();
    if (!umockdev_in_mock_environment()) { /* asked after the test bed was made: the answer is kept */
        fprintf(stderr, "run it with umockdev-wrapper\n");
        exit(2);
    }
}

void usb_close(void)
{
    g_object_unref(bed);
}

struct usb *usb_plug(const struct usb_profile *profile, int socket)
{
    struct usb *usb = g_new0(struct usb, 1);
    int         address = newest_address = newest_address % 120 + 2;
    usb->profile = profile;
    g_mutex_init(&usb->lock);
    snprintf(usb->node, sizeof usb->node, "/dev/bus/usb/001/%03d", address);
    snprintf(usb->name, sizeof usb->name, "1-%d", socket);
    snprintf(usb->sys, sizeof usb->sys, "/sys/devices/usb1/%s", usb->name);
    desc_make(usb);
    usb->handler = umockdev_ioctl_base_new();
    g_signal_connect(usb->handler, "handle-ioctl", G_CALLBACK(on_ioctl), usb);
    g_signal_connect(usb->handler, "client-connected", G_CALLBACK(on_opened), usb);
    umockdev_testbed_attach_ioctl(bed, usb->node, usb->handler, NULL);
    node_make(usb);
    hid_files_make(usb);
    device_announce(usb, address);
    return usb;
}

/* Real hosts end what is under way with EPROTO or ESHUTDOWN, some time before the kernel says that the device is gone. */
void usb_unplug(struct usb *usb, bool is_told_late)
{
    g_mutex_lock(&usb->lock);
    usb->is_gone = true;
    for (struct flying *flying; (flying = g_queue_pop_head(&usb->flying)) != NULL;) {
        ((struct usbdevfs_urb *)flying->urb->data)->status = is_told_late ? -EPROTO : -ESHUTDOWN;
        g_queue_push_tail(&usb->done, flying);
    }
    gate(usb);
    close(usb->slave);
    close(usb->master);
    usb->slave = usb->master = -1;
    g_mutex_unlock(&usb->lock);
    if (is_told_late) g_usleep(LATE_US);
    umockdev_testbed_uevent(bed, usb->sys, "remove");
    umockdev_testbed_remove_device(bed, usb->sys);
    for (int ms = 0; usb_opened(usb) > 0; ms++) { /* the program lets go of its file */
        if (ms > CLOSE_MOST_MS) g_error("%s is never closed", usb->name);
        g_usleep(1000);
    }
    umockdev_testbed_detach_ioctl(bed, usb->node, NULL);
    char *root = umockdev_testbed_get_root_dir(bed), *node = g_strconcat(root, usb->node, NULL);
    unlink(node);
    g_free(root);
    g_free(node);
    g_object_unref(usb->handler);
    g_queue_clear_full(&usb->waiting, g_free);
    queue_drop(&usb->flying, NULL);
    queue_drop(&usb->done, NULL);
    g_mutex_clear(&usb->lock);
    g_free(usb);
}

void usb_report(struct usb *usb, int interface, const uint8_t *bytes, size_t len, int status)
{
    struct waiting *made = g_new0(struct waiting, 1);
    made->endpoint = usb->profile->interfaces[interface].endpoint;
    made->status = status;
    made->len = len;
    if (len > 0) memcpy(made->bytes, bytes, len);
    g_mutex_lock(&usb->lock);
    g_queue_push_tail(&usb->waiting, made);
    pump(usb);
    g_mutex_unlock(&usb->lock);
}

/* ---- What the program did */

bool usb_is_drained(struct usb *usb)
{
    g_mutex_lock(&usb->lock);
    bool is_drained = usb->waiting.length == 0 && usb->done.length == 0;
    g_mutex_unlock(&usb->lock);
    return is_drained;
}

unsigned usb_claimed(struct usb *usb)
{
    g_mutex_lock(&usb->lock);
    unsigned claimed = usb->claimed;
    g_mutex_unlock(&usb->lock);
    return claimed;
}

unsigned usb_detached(struct usb *usb)
{
    g_mutex_lock(&usb->lock);
    unsigned detached = usb->detached;
    g_mutex_unlock(&usb->lock);
    return detached;
}

int usb_opened(struct usb *usb)
{
    g_mutex_lock(&usb->lock);
    int opened = usb->opened;
    g_mutex_unlock(&usb->lock);
    return opened;
}

int usb_requests(struct usb *usb, uint8_t request)
{
    g_mutex_lock(&usb->lock);
    int count = usb->requests[request];
    g_mutex_unlock(&usb->lock);
    return count;
}

void usb_busy(struct usb *usb, int times)
{
    g_mutex_lock(&usb->lock);
    usb->busy = times;
    g_mutex_unlock(&usb->lock);
}

/* As somebody else than root, who may all. */
void usb_allow(struct usb *usb, bool may_open)
{
    enum { NOBODY = 65534, ROOT_ALL = 0 };
    char *tty = ttyname(usb->slave);
    bool  is_root = may_open ? getuid() == NOBODY : getuid() == 0;
    if (is_root && may_open && setresuid(0, 0, 0) != 0) g_error("setresuid: %s", g_strerror(errno));
    if (tty == NULL || chmod(tty, may_open ? 0600 : 0) != 0) g_error("chmod: %s", g_strerror(errno));
    if (is_root && !may_open && setresuid(NOBODY, NOBODY, ROOT_ALL) != 0) g_error("setresuid: %s", g_strerror(errno));
}
