/* device.c - one USB device that may be a scanner: kiosk/scan/device.h. */
#include "kiosk/scan/device.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/scan/sysfs.h"

enum {
    CONTROL_MS = 500,
    RETRY_FIRST_MS = 50,
    RETRY_MOST_MS = 2000,
    RETRY_GONE_MS = 1000, /* the kernel says a moment later that it is gone */
    LOOKS_MAX = 6,
    ERRORS_MAX = 10, /* of one interface, in a row: the device is closed and opened again */
    SERIAL_BYTES = 512,
    CLASS_CDC_DATA = 0x0A,
    SUBCLASS_ACM = 2,
    SUBCLASS_BOOT = 1,
    PROTOCOL_KEYBOARD = 1,
    PROTOCOL_MOUSE = 2,
    VENDOR_HONEYWELL = 0x0C2E,
    VENDOR_YOUJIE = 0x23D0
};

/* Requests to an interface: HID 1.11, 7.2; PSTN 1.2, 6.3. */
enum {
    REQUEST_OUT = 0x21,
    REQUEST_IN_STANDARD = 0x81,
    GET_DESCRIPTOR = 6,
    DESCRIPTOR_REPORT = 0x22,
    SET_REPORT = 9,
    SET_IDLE = 10,
    SET_PROTOCOL = 11,
    SET_LINE_STATE = 0x22,
    REPORT_FEATURE = 3,
    LINE_READY = 3 /* DTR, RTS */
};

/* ---- Tags */

static int device_tag(const struct device *device, int face, enum hid_layout layout)
{
    return (device->number * FACES_MAX + face) * LAYOUTS + (int)layout;
}

void device_untag(int tag, int *number, int *face, enum hid_layout *layout)
{
    *layout = (enum hid_layout)(tag % LAYOUTS);
    *face = tag / LAYOUTS % FACES_MAX;
    *number = tag / LAYOUTS / FACES_MAX;
}

/* ---- Looking at it */

static void id_read(libusb_device *usb, const struct libusb_device_descriptor *of, struct device_id *id)
{
    enum { PORTS_MAX = 7 };
    uint8_t ports[PORTS_MAX];
    int     count = libusb_get_port_numbers(usb, ports, PORTS_MAX), len;
    id->vendor = of->idVendor;
    id->product = of->idProduct;
    len = snprintf(id->port, sizeof id->port, "%d", libusb_get_bus_number(usb));
    for (int i = 0; i < count && len < (int)sizeof id->port; i++)
        len += snprintf(id->port + len, sizeof id->port - (size_t)len, "%c%d", i == 0 ? '-' : '.', ports[i]);
    sysfs_text(id->port, "serial", id->serial, sizeof id->serial);
}

static void name_read(const struct device_id *id, const struct known *known, char name[DEVICE_NAME_MAX])
{
    char maker[DEVICE_NAME_MAX / 2], product[DEVICE_NAME_MAX / 2];
    sysfs_text(id->port, "manufacturer", maker, sizeof maker);
    sysfs_text(id->port, "product", product, sizeof product);
    if (product[0] == '\0' && known != NULL) snprintf(maker, sizeof maker, "%s", known->name);
    const char *gap = maker[0] != '\0' && product[0] != '\0' ? " " : "";
    snprintf(name, DEVICE_NAME_MAX, "%s%s%s", maker, gap, product);
    if (name[0] == '\0') snprintf(name, DEVICE_NAME_MAX, "%04x:%04x", id->vendor, id->product);
}

static const struct libusb_endpoint_descriptor *endpoint_in(const struct libusb_interface_descriptor *of, int type)
{
    for (int i = 0; i < of->bNumEndpoints; i++) {
        const struct libusb_endpoint_descriptor *endpoint = &of->endpoint[i];
        bool is_in = (endpoint->bEndpointAddress & LIBUSB_ENDPOINT_DIR_MASK) == LIBUSB_ENDPOINT_IN;
        if (is_in && (endpoint->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK) == type) return endpoint;
    }
    return NULL;
}

/* A touch screen is never read, whatever else it is: without it nobody could stop a teaching. */
static enum scan_mode mode_of(const struct hid_desc *desc)
{
    if (desc->has_touch) return SCAN_MODE_OTHER;
    if (hid_desc_pos(desc) != NULL) return SCAN_MODE_POS;
    return hid_desc_keyboard(desc) != NULL ? SCAN_MODE_KEYS : SCAN_MODE_OTHER;
}

static void face_add(struct device *device, const struct face *face)
{
    if (device->face_count < FACES_MAX) device->faces[device->face_count++] = *face;
}

/* The descriptor tells what it is; where the kernel hasn't got it, that is found out when the device is opened. */
static void hid_look(struct device *device, const struct libusb_interface_descriptor *of, int configuration)
{
    const struct libusb_endpoint_descriptor *endpoint = endpoint_in(of, LIBUSB_TRANSFER_TYPE_INTERRUPT);
    uint8_t                                  bytes[HID_DESC_MAX + 1];
    if (endpoint == NULL) return;
    struct face face = {.device = device,
                        .interface = of->bInterfaceNumber,
                        .is_boot = of->bInterfaceSubClass == SUBCLASS_BOOT,
                        .endpoint = endpoint->bEndpointAddress,
                        .packet_bytes = endpoint->wMaxPacketSize & 0x7FF};
    size_t      len = sysfs_descriptor(device->id.port, configuration, of->bInterfaceNumber, bytes, sizeof bytes);
    face.has_desc = len > 0 && hid_desc_read(bytes, len, &face.desc);
    if (face.has_desc)
        face.mode = mode_of(&face.desc);
    else if (face.is_boot && of->bInterfaceProtocol == PROTOCOL_KEYBOARD)
        face.mode = SCAN_MODE_KEYS;
    bool is_other = face.mode == SCAN_MODE_OTHER && (len > 0 || of->bInterfaceProtocol == PROTOCOL_MOUSE);
    if (!is_other && face.packet_bytes > 0) face_add(device, &face);
}

/* Other serial ports than scanners' are let alone: opening one may reset what hangs on it. */
static void serial_look(struct device *device, const struct libusb_interface_descriptor *of, const struct known *known)
{
    const struct libusb_endpoint_descriptor *endpoint = endpoint_in(of, LIBUSB_TRANSFER_TYPE_BULK);
    bool is_scanner = known != NULL && (known->mode == SCAN_MODE_SERIAL || known->mode == SCAN_MODE_OTHER);
    if (endpoint == NULL || !is_scanner) return;
    face_add(device, &(struct face){.device = device,
                                    .interface = of->bInterfaceNumber,
                                    .mode = SCAN_MODE_SERIAL,
                                    .endpoint = endpoint->bEndpointAddress,
                                    .packet_bytes = endpoint->wMaxPacketSize & 0x7FF});
}

static void mode_update(struct device *device)
{
    if (device->face_count > 0) device->mode = device->faces[0].mode;
    for (int i = 1; i < device->face_count; i++) {
        enum scan_mode mode = device->faces[i].mode;
        if (mode == SCAN_MODE_POS || device->mode == SCAN_MODE_OTHER) device->mode = mode;
    }
}

static void faces_look(struct device *device, const struct libusb_config_descriptor *of, const struct known *known)
{
    for (int i = 0; i < of->bNumInterfaces; i++) {
        const struct libusb_interface *interface = &of->interface[i];
        if (interface->num_altsetting < 1) continue;
        if (interface->altsetting[0].bInterfaceClass == LIBUSB_CLASS_HID)
            hid_look(device, &interface->altsetting[0], of->bConfigurationValue);
        else if (interface->altsetting[0].bInterfaceClass == CLASS_CDC_DATA)
            serial_look(device, &interface->altsetting[0], known);
    }
    mode_update(device);
    if (known == NULL || (scan_mode_is_read(known->mode) && device->mode != SCAN_MODE_OTHER)) return;
    device->mode = known->mode;
    if (!scan_mode_is_read(known->mode)) device->face_count = 0;
}

/* Right after the plug the kernel's own driver may not have read the descriptors yet: they are looked for a few times. */
static void look(struct device *device)
{
    struct libusb_config_descriptor *configuration;
    bool                             is_whole = true;
    if (libusb_get_active_config_descriptor(device->usb, &configuration) != 0) return;
    device->face_count = 0;
    faces_look(device, configuration, known_find(device->id.vendor, device->id.product));
    libusb_free_config_descriptor(configuration);
    for (int i = 0; i < device->face_count; i++)
        is_whole &= device->faces[i].has_desc || device->faces[i].mode == SCAN_MODE_SERIAL;
    device->looks = is_whole || device->looks == LOOKS_MAX ? 0 : device->looks + 1;
    device->look_ms = clock_mono_ms(device->clock) + (RETRY_FIRST_MS << device->looks);
}

struct device *device_new(libusb_device *usb, int number, const struct clock *clock, struct lines *lines)
{
    struct libusb_device_descriptor of;
    if (libusb_get_device_descriptor(usb, &of) != 0 || of.bDeviceClass == LIBUSB_CLASS_HUB) return NULL;
    struct device *device = calloc(1, sizeof *device);
    if (device == NULL) abort();
    device->number = number;
    device->lines = lines;
    device->clock = clock;
    device->usb = libusb_ref_device(usb);
    id_read(usb, &of, &device->id);
    name_read(&device->id, known_find(of.idVendor, of.idProduct), device->name);
    look(device);
    if (device->face_count > 0 || !scan_mode_is_read(device->mode)) return device;
    device_free(device);
    return NULL;
}

void device_free(struct device *device)
{
    if (device == NULL) return;
    libusb_unref_device(device->usb);
    free(device);
}

/* Asked once a second at most: rights don't change often, lines come often. */
bool device_is_denied(struct device *device)
{
    enum { ASK_AGAIN_MS = 1000 };
    char    path[64];
    int64_t now_ms = clock_mono_ms(device->clock);
    if (device->denied_ms != 0 && now_ms - device->denied_ms < ASK_AGAIN_MS) return device->is_denied;
    snprintf(path, sizeof path, "/dev/bus/usb/%03d/%03d", libusb_get_bus_number(device->usb),
             libusb_get_device_address(device->usb));
    device->denied_ms = now_ms;
    device->is_denied = access(path, R_OK | W_OK) != 0;
    return device->is_denied;
}

/* ---- Reading */

/* The part of a barcode that is there already is no barcode. */
static void face_drop(struct face *face, const char *wrong)
{
    reader_drop(&face->reader, wrong, face->device->lines);
    for (int i = 0; face->tries != NULL && i < LAYOUTS; i++) reader_drop(&face->tries[i], NULL, face->device->lines);
}

static void face_take(struct face *face, const uint8_t *bytes, size_t len)
{
    struct device *device = face->device;
    if (face->tries == NULL) {
        reader_report(&face->reader, bytes, len, device->now_ms, device->lines);
        return;
    }
    for (int i = 0; i < LAYOUTS; i++) reader_report(&face->tries[i], bytes, len, device->now_ms, device->lines);
}

/* After the first error at once, then with longer and longer pauses: a cable that is loose must not keep the kiosk busy. */
static void face_failed(struct face *face)
{
    int pause_ms = face->errors == 0 ? 0 : RETRY_FIRST_MS << (face->errors < 5 ? face->errors : 5);
    face->errors++;
    face->again_ms = face->device->now_ms + pause_ms;
}

static void face_submit(struct face *face)
{
    int error = libusb_submit_transfer(face->transfer);
    face->is_flying = error == 0;
    if (error == LIBUSB_ERROR_NO_DEVICE)
        face->is_gone = true;
    else if (error != 0)
        face_failed(face);
}

/* In libusb's own loop: takes what came and goes on; all else is device_step()'s. */
static void LIBUSB_CALL on_transfer(struct libusb_transfer *transfer)
{
    struct face *face = transfer->user_data;
    face->is_flying = false;
    face->device->now_ms = clock_mono_ms(face->device->clock);
    switch (transfer->status) {
    case LIBUSB_TRANSFER_COMPLETED:
    case LIBUSB_TRANSFER_TIMED_OUT:
        face->errors = 0;
        if (face->device->stage != DEVICE_OPEN) return;
        face_take(face, transfer->buffer, (size_t)transfer->actual_length);
        face_submit(face);
        return;
    case LIBUSB_TRANSFER_NO_DEVICE: face->is_gone = true; return;
    case LIBUSB_TRANSFER_CANCELLED: return;
    case LIBUSB_TRANSFER_STALL: face->is_halted = true; break;
    case LIBUSB_TRANSFER_ERROR:
    case LIBUSB_TRANSFER_OVERFLOW: break;
    }
    face_failed(face);
}

/* ---- Opening */

static int control(struct device *device, uint8_t type, uint8_t request, uint16_t value, int interface, uint8_t *bytes,
                   size_t len)
{
    return libusb_control_transfer(device->handle, type, request, value, (uint16_t)interface, bytes, (uint16_t)len,
                                   CONTROL_MS);
}

/* False: it isn't what its class says. */
static bool hid_ready(struct face *face)
{
    struct device *device = face->device;
    uint8_t        bytes[HID_DESC_MAX];
    if (!face->has_desc) {
        int len = control(device, REQUEST_IN_STANDARD, GET_DESCRIPTOR, DESCRIPTOR_REPORT << 8, face->interface, bytes,
                          sizeof bytes);
        face->has_desc = len > 0 && hid_desc_read(bytes, (size_t)len, &face->desc);
    }
    if (face->has_desc) face->mode = mode_of(&face->desc);
    if (!face->has_desc || face->mode == SCAN_MODE_OTHER) return false;
    /* Both may be refused; the first stops repeats of what is held, the second the boot protocol that a BIOS left on. */
    control(device, REQUEST_OUT, SET_IDLE, 0, face->interface, NULL, 0);
    if (face->is_boot) control(device, REQUEST_OUT, SET_PROTOCOL, 1, face->interface, NULL, 0);
    return true;
}

/* A scanner that is a keyboard too sends there until it is told otherwise. Refused by all that don't know it. */
static void output_redirect(struct face *face)
{
    enum { REPORT_REDIRECT = 254 };
    struct device *device = face->device;
    uint8_t        bytes[2] = {REPORT_REDIRECT, (uint8_t)face->interface};
    bool           is_theirs = device->id.vendor == VENDOR_HONEYWELL || device->id.vendor == VENDOR_YOUJIE;
    if (!is_theirs || face->mode != SCAN_MODE_POS || device->face_count < 2) return;
    control(device, REQUEST_OUT, SET_REPORT, REPORT_FEATURE << 8 | REPORT_REDIRECT, face->interface, bytes,
            sizeof bytes);
}

/* A transfer as long as the longest report, in whole packets: shorter, and reports come in parts; longer, and several are
 * waited for. */
static size_t transfer_bytes(const struct face *face)
{
    size_t packet = face->packet_bytes, longest = face->has_desc ? hid_desc_longest_bytes(&face->desc) : packet;
    if (face->mode == SCAN_MODE_SERIAL) longest = packet > SERIAL_BYTES ? packet : SERIAL_BYTES;
    return longest == 0 ? packet : (longest + packet - 1) / packet * packet;
}

static void reader_begin(struct face *face, struct reader *reader, int tag, enum hid_layout layout)
{
    memset(reader, 0, sizeof *reader);
    reader->device = tag;
    reader->is_scanner = true;
    if (face->mode == SCAN_MODE_SERIAL) {
        reader->kind = READER_SERIAL;
        return;
    }
    if (face->has_desc && !reader_describe(reader, &face->desc)) reader->kind = READER_KEYS;
    if (reader->kind == READER_KEYS) reader->keyboard.layout = layout;
}

static void face_begin(struct face *face, enum hid_layout layout, bool is_taught)
{
    struct device *device = face->device;
    int            at = (int)(face - device->faces);
    size_t         bytes = transfer_bytes(face);
    reader_begin(face, &face->reader, device_tag(device, at, layout), layout);
    if (is_taught && face->mode == SCAN_MODE_KEYS) face->tries = calloc(LAYOUTS, sizeof *face->tries);
    for (int i = 0; face->tries != NULL && i < LAYOUTS; i++)
        reader_begin(face, &face->tries[i], device_tag(device, at, (enum hid_layout)i), (enum hid_layout)i);
    face->transfer = libusb_alloc_transfer(0);
    face->buffer = calloc(1, bytes);
    if (face->transfer == NULL || face->buffer == NULL) abort();
    face->errors = 0;
    face->is_halted = face->is_gone = false;
    /* No time-out: what arrives while a transfer times out is lost. */
    if (face->mode == SCAN_MODE_SERIAL)
        libusb_fill_bulk_transfer(face->transfer, device->handle, face->endpoint, face->buffer, (int)bytes, on_transfer,
                                  face, 0);
    else
        libusb_fill_interrupt_transfer(face->transfer, device->handle, face->endpoint, face->buffer, (int)bytes,
                                       on_transfer, face, 0);
    face_submit(face);
}

static bool is_face(const struct device *device, int interface)
{
    for (int i = 0; i < device->face_count; i++)
        if (device->faces[i].interface == interface) return true;
    return false;
}

/* All that could type or be a port, not only what is read. While it is taught, it may turn out to be something else: then
 * only what is read, so that the mouse beside a keyboard, or a touch screen, goes on. */
static int interfaces_claim(struct device *device, bool is_taught)
{
    struct libusb_config_descriptor *of;
    int                              error = libusb_get_active_config_descriptor(device->usb, &of);
    if (error != 0) return error;
    for (int i = 0; i < of->bNumInterfaces && error == 0; i++) {
        const struct libusb_interface_descriptor *interface = of->interface[i].altsetting;
        if (of->interface[i].num_altsetting < 1 || interface->bInterfaceNumber >= 32) continue;
        bool is_ours =
            interface->bInterfaceClass == LIBUSB_CLASS_HID || interface->bInterfaceClass == CLASS_CDC_DATA ||
            (interface->bInterfaceClass == LIBUSB_CLASS_COMM && interface->bInterfaceSubClass == SUBCLASS_ACM);
        bool is_hid = interface->bInterfaceClass == LIBUSB_CLASS_HID;
        if (!is_ours || (is_taught && is_hid && !is_face(device, interface->bInterfaceNumber))) continue;
        error = libusb_claim_interface(device->handle, interface->bInterfaceNumber);
        if (error == 0) device->claimed |= 1U << interface->bInterfaceNumber;
        if (error == 0 && interface->bInterfaceClass == LIBUSB_CLASS_COMM)
            control(device, REQUEST_OUT, SET_LINE_STATE, LINE_READY, interface->bInterfaceNumber, NULL, 0);
    }
    libusb_free_config_descriptor(of);
    return error;
}

/* Nothing is under way any more. */
static void handle_close(struct device *device)
{
    for (int i = 0; i < device->face_count; i++) {
        struct face *face = &device->faces[i];
        libusb_free_transfer(face->transfer);
        free(face->buffer);
        free(face->tries);
        face->transfer = NULL;
        face->buffer = NULL;
        face->tries = NULL;
    }
    for (int i = 0; i < 32; i++)
        if ((device->claimed & 1U << i) != 0) libusb_release_interface(device->handle, i);
    device->claimed = 0;
    if (device->handle != NULL) libusb_close(device->handle);
    device->handle = NULL;
    device->stage = DEVICE_SHUT;
}

static void retry_later(struct device *device, int error)
{
    device->error = error;
    device->backoff_ms = device->backoff_ms == 0 ? RETRY_FIRST_MS : device->backoff_ms * 2;
    if (error == LIBUSB_ERROR_NO_DEVICE && device->backoff_ms < RETRY_GONE_MS) device->backoff_ms = RETRY_GONE_MS;
    if (device->backoff_ms > RETRY_MOST_MS) device->backoff_ms = RETRY_MOST_MS;
    device->retry_ms = device->now_ms + device->backoff_ms;
}

void device_open(struct device *device, enum hid_layout layout, bool is_taught)
{
    int begun = 0;
    device->now_ms = clock_mono_ms(device->clock);
    int error = libusb_open(device->usb, &device->handle);
    if (error == 0) {
        libusb_set_auto_detach_kernel_driver(device->handle, 1);
        error = interfaces_claim(device, is_taught);
    } else {
        device->handle = NULL;
    }
    if (error != 0) {
        handle_close(device);
        retry_later(device, error);
        return;
    }
    device->stage = DEVICE_OPEN;
    for (int i = 0; i < device->face_count; i++) {
        struct face *face = &device->faces[i];
        if (face->mode != SCAN_MODE_SERIAL && !hid_ready(face)) continue;
        output_redirect(face);
        face_begin(face, layout, is_taught);
        begun++;
    }
    device->error = 0;
    device->looks = 0;
    mode_update(device);
    if (begun > 0) return;
    handle_close(device);
    retry_later(device, LIBUSB_ERROR_NOT_SUPPORTED);
}

void device_shut(struct device *device, const char *wrong)
{
    device->backoff_ms = device->retry_ms = 0;
    if (device->stage == DEVICE_SHUT) device->error = 0;
    if (device->stage != DEVICE_OPEN) return;
    device->stage = DEVICE_CLOSING;
    for (int i = 0; i < device->face_count; i++) {
        struct face *face = &device->faces[i];
        if (face->transfer == NULL) continue;
        face_drop(face, wrong);
        if (face->is_flying) libusb_cancel_transfer(face->transfer);
    }
}

/* ---- Steps */

/* What isn't under way: an error that may pass, a halt, a device that is gone. */
static void face_step(struct face *face)
{
    struct device *device = face->device;
    if (face->transfer == NULL || face->is_flying) return;
    if (!face->is_gone && device->now_ms >= face->again_ms) {
        if (face->is_halted && libusb_clear_halt(device->handle, face->endpoint) == LIBUSB_ERROR_NO_DEVICE)
            face->is_gone = true;
        face->is_halted = false;
        if (!face->is_gone) face_submit(face);
    }
    if (!face->is_gone && face->errors > 0) face_drop(face, "scan.broken");
    if (!face->is_gone && face->errors <= ERRORS_MAX) return;
    int error = face->is_gone ? LIBUSB_ERROR_NO_DEVICE : LIBUSB_ERROR_IO;
    device_shut(device, "scan.unplugged");
    retry_later(device, error);
}

static void face_time(struct face *face)
{
    struct device *device = face->device;
    if (face->transfer == NULL) return;
    if (face->tries == NULL) reader_time(&face->reader, device->now_ms, device->lines);
    for (int i = 0; face->tries != NULL && i < LAYOUTS; i++)
        reader_time(&face->tries[i], device->now_ms, device->lines);
}

static bool is_flying(const struct device *device)
{
    for (int i = 0; i < device->face_count; i++)
        if (device->faces[i].is_flying) return true;
    return false;
}

void device_step(struct device *device)
{
    device->now_ms = clock_mono_ms(device->clock);
    for (int i = 0; i < device->face_count && device->stage == DEVICE_OPEN; i++) {
        face_time(&device->faces[i]);
        face_step(&device->faces[i]);
    }
    if (device->stage == DEVICE_CLOSING && !is_flying(device)) handle_close(device);
    if (device->stage == DEVICE_SHUT && device->looks > 0 && device->now_ms >= device->look_ms) look(device);
}

static void sooner(int64_t *due_ms, int64_t ms)
{
    if (ms < *due_ms) *due_ms = ms;
}

int64_t device_deadline(const struct device *device, bool is_wanted)
{
    int64_t due_ms = INT64_MAX;
    if (device->stage == DEVICE_SHUT && is_wanted) due_ms = device->retry_ms;
    if (device->stage == DEVICE_SHUT && device->looks > 0) sooner(&due_ms, device->look_ms);
    if (device->stage != DEVICE_OPEN) return due_ms;
    for (int i = 0; i < device->face_count; i++) {
        const struct face *face = &device->faces[i];
        if (face->transfer == NULL) continue;
        if (!face->is_flying) sooner(&due_ms, face->again_ms);
        if (face->tries == NULL) sooner(&due_ms, reader_deadline(&face->reader));
        for (int k = 0; face->tries != NULL && k < LAYOUTS; k++) sooner(&due_ms, reader_deadline(&face->tries[k]));
        bool may_stick = face->reader.kind == READER_KEYS && face->reader.held_ms > 0;
        if (may_stick && device->now_ms < face->reader.held_ms + SCAN_STUCK_MS)
            sooner(&due_ms, face->reader.held_ms + SCAN_STUCK_MS);
    }
    return due_ms;
}

bool device_is_stuck(const struct device *device)
{
    for (int i = 0; i < device->face_count && device->stage == DEVICE_OPEN; i++)
        if (reader_is_stuck(&device->faces[i].reader, device->now_ms)) return true;
    return false;
}
