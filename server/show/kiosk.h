/* kiosk.h - the doors of kiosks: docs/protocol.md over HTTP. */
#ifndef SERVER_SHOW_KIOSK_H
#define SERVER_SHOW_KIOSK_H

#include "server/show/desk.h"

enum { KIOSK_EVENTS_BODY_MAX = 256 * 1024 + 512, KIOSK_FEED_BODY_MAX = 512, KIOSK_ENROL_BODY_MAX = 512 };

desk_door kiosk_events; /* POST /kiosk/1/events */
desk_door kiosk_feed;   /* POST /kiosk/1/feed */
desk_door kiosk_ca;     /* GET  /kiosk/1/ca */
desk_door kiosk_enrol;  /* POST /kiosk/1/enrol, in enrol.c */

#endif
