/* routes.c - the table of doors, and how a request finds its own: server/show/routes.h.
 *
 * To add a route: a row. To add an act of books/act.c: a row with its name and the roles that stand there. Then run
 * tests/unit/routes_test.c as it says, which prints assets/office/openapi.json anew. */
#include "server/show/routes.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "server/ask/role.h"
#include "server/show/doors.h"
#include "server/show/kiosk.h"

#define JSON_TYPE "application/json"
#define XLSX_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

enum {
    LOGIN_BODY_MAX = 4 * 1024,
    ACT_BODY_MAX = 256 * 1024,
    IMPORT_BODY_MAX = 8 * 1024 * 1024,
    FILE_BODY_MAX = 8 * 1024 * 1024,
    SETS_UP = ROLE_ADMIN,
    RUNS_PAY = ROLE_ADMIN | ROLE_PAYROLL,
    DECIDES = RUNS_PAY | ROLE_MANAGER,
    IMPORTS = RUNS_PAY | ROLE_MANAGER,
    PAYS = RUNS_PAY | ROLE_FINANCE,
    APPROVES = ROLE_ADMIN | ROLE_MANAGER | ROLE_FINANCE,
    CLOSES = RUNS_PAY | ROLE_MANAGER | ROLE_FINANCE,
    LIFTS = RUNS_PAY | ROLE_MANAGER,
    REVOKES = RUNS_PAY | ROLE_MANAGER | ROLE_SUPERVISOR,
    STOPS = RUNS_PAY | ROLE_DESK | ROLE_FINANCE | ROLE_MANAGER | ROLE_SUPERVISOR | ROLE_TAKER | ROLE_QUOTER |
            ROLE_TECHNICAL,
    SELLS = ROLE_ADMIN | ROLE_DESK | ROLE_TAKER | ROLE_QUOTER | ROLE_MANAGER,
    CATALOGUES = ROLE_ADMIN | ROLE_QUOTER | ROLE_MANAGER,
    DATES = ROLE_ADMIN | ROLE_PAYROLL | ROLE_MANAGER,
    TAKES = ROLE_ADMIN | ROLE_DESK | ROLE_TAKER | ROLE_QUOTER,
    QUOTES = ROLE_ADMIN | ROLE_QUOTER | ROLE_MANAGER,
    CONFIRMS = ROLE_ADMIN | ROLE_DESK | ROLE_TAKER | ROLE_QUOTER,
    ENQUIRES = RUNS_PAY | ROLE_DESK | ROLE_FINANCE | ROLE_MANAGER | ROLE_SUPERVISOR | ROLE_TAKER | ROLE_QUOTER |
               ROLE_TECHNICAL | ROLE_SHIPPING,
    SETTLES = RUNS_PAY | ROLE_MANAGER | ROLE_SUPERVISOR | ROLE_QC,
    CARES = SETTLES | ROLE_DESK | ROLE_TECHNICAL | ROLE_SHIPPING,
    CLERKS = CARES | ROLE_FINANCE | ROLE_TAKER | ROLE_QUOTER,
    FOLLOWS = ROLE_ADMIN | ROLE_DESK | ROLE_MANAGER,
    JUDGES = RUNS_PAY | ROLE_MANAGER | ROLE_SUPERVISOR | ROLE_QC,
    MENDS = ROLE_ADMIN | ROLE_MANAGER | ROLE_SUPERVISOR | ROLE_TECHNICAL | ROLE_QC,
    ANNOUNCES = ROLE_ADMIN | ROLE_DESK | ROLE_FINANCE | ROLE_TAKER | ROLE_QUOTER,
    GUARDS_MONEY = ROLE_FINANCE | ROLE_MANAGER,
    JUDGES_WORK = RUNS_PAY | ROLE_MANAGER | ROLE_TECHNICAL | ROLE_SUPERVISOR,
    PRINTS = RUNS_PAY | ROLE_MANAGER | ROLE_DESK,
    FINDS = PRINTS | ROLE_SUPERVISOR,
    AGREES = ROLE_ADMIN | ROLE_DESK | ROLE_MANAGER | ROLE_FINANCE,
    LOSSES = RUNS_PAY | ROLE_DESK | ROLE_FINANCE | ROLE_MANAGER,
    SHIPS = ROLE_ADMIN | ROLE_DESK | ROLE_MANAGER | ROLE_SHIPPING,
    SENDS = ROLE_ANYBODY & ~ROLE_SUPERVISOR & ~ROLE_QC,
    APPROVES_FREIGHT = ROLE_ADMIN | ROLE_MANAGER | ROLE_FINANCE,
    LEFT_BEHIND = ROLE_ADMIN | ROLE_DESK | ROLE_MANAGER,
    TRUCKS = ROLE_ADMIN | ROLE_DESK | ROLE_FINANCE | ROLE_MANAGER | ROLE_SHIPPING,
    ANSWERS = ROLE_DESK | ROLE_MANAGER | ROLE_SUPERVISOR | ROLE_TECHNICAL
};

/* Rows by what they have in common: see struct route. */
/* clang-format off */
#define FILE_AT(PATH, DOOR, WHAT) {"GET", PATH, ROUTE_OPEN, 0, 0, NULL, DOOR, NULL, NULL, WHAT, NULL}
#define OPEN(PATH, RUN, WHAT, TAKES) \
    {"POST", PATH, ROUTE_OPEN, 0, LOGIN_BODY_MAX, JSON_TYPE, NULL, RUN, NULL, WHAT, TAKES}
#define READ(PATH, RUN, WHAT) {"GET", PATH, ROUTE_READ, ROLE_ANYBODY, 0, NULL, NULL, RUN, NULL, WHAT, NULL}
#define SEND(PATH, ROLES, MAX, TYPE, RUN, NAME, WHAT, TAKES) \
    {"POST", PATH, ROUTE_ACT, ROLES, MAX, TYPE, NULL, RUN, NAME, WHAT, TAKES}
#define ACT(NAME, ROLES, WHAT, TAKES) \
    SEND("/api/act/" NAME, ROLES, ACT_BODY_MAX, JSON_TYPE, act_post, NAME, WHAT, TAKES)
#define KIOSK(METHOD, PATH, MAX, DOOR, WHAT) {METHOD, PATH, ROUTE_OPEN, 0, MAX, NULL, DOOR, NULL, NULL, WHAT, NULL}

/* The first row that fits counts. */
const struct route ROUTES[] = {
    FILE_AT("/",                 file_index,  "The page of the office."),
    FILE_AT("/login/*",          file_index,  "The same, for a one-time link: it asks for a new password."),
    FILE_AT("/office/*",         file_get,    "The page's files."),
    FILE_AT("/api/texts/*",      texts_get,   "The page's words in one language: zh, en."),
    FILE_AT("/api/openapi.json", openapi_get, "This description."),
    FILE_AT("/api/alive",        alive_get,   "Answers 200 while the server runs: for watchdogs."),
    FILE_AT("/metrics",          metrics_get, "The server's figures for Prometheus, to a collector on this machine alone."),

    OPEN("/api/login",          login_post,     "Opens a session by name and password.", "name! password!"),
    OPEN("/api/login/link",     login_link,     "Whom a one-time link is for.", "token!"),
    OPEN("/api/login/password", login_password, "Sets a password by a one-time link and opens a session.",
         "token! password!"),
    SEND("/api/logout", ROLE_ANYBODY, LOGIN_BODY_MAX, JSON_TYPE, login_close, NULL, "Ends this session.", ""),

    SEND("/api/second", ROLE_ANYBODY, LOGIN_BODY_MAX, JSON_TYPE, second_post, NULL,
         "The second person of an act of two proves himself: a word for that act alone.", "name! password! act!"),

    READ("/api/me",     me_get,     "Who is logged in, what he may open, the factory's time."),
    READ("/api/health", health_get, "How the server does: what waits to be booked, trouble."),
    READ("/api/kiosks/heard", heard_get,
         "Kiosks as they were heard since this start: what they said of themselves, when they knew all; hours: in how many"
         " twelfths of each of the last 24 hours they were heard."),
    READ("/api/live",   live_get,   "Server-sent events: topics and numbers of what changed."),
    READ("/api/kinds",  kinds_get,  "What can be imported: kinds and their columns, in the order in which they build."),
    READ("/api/list/*", list_get,   "A list as JSON; each list has its own rights."),
    READ("/api/file/*", upload_get, "A file that was sent, by its hash, as a download."),
    {"GET", "/api/sheet/*", ROUTE_READ, FINDS, 0, NULL, NULL, print_get, NULL,
     "A copy of a line's sheet as it was printed (?rev= &copy=), for some minutes; ?archive=1: with crossed codes, always.", NULL},
    {"GET", "/api/cover/*", ROUTE_READ, FINDS, 0, NULL, NULL, cover_get, NULL, "The cover of a volume of a hundred sheets.", NULL},
    {"GET", "/api/paper/*", ROUTE_READ, PAYS, 0, NULL, NULL, paper_get, NULL,
     "A paper as PDF: slip (?to= the period's last day, &worker= one of them) or paylist (?to=), of a checked or closed"
     " period.", NULL},
    {"GET", "/api/audit/verify", ROUTE_READ, ROLE_ADMIN | ROLE_OWNER, 0, NULL, NULL, audit_verify, NULL,
     "Computes the chain of the audit trail again: how many rows, and the first whose hash doesn't fit (0: all do).", NULL},
    {"GET", "/api/goods/*", ROUTE_READ, SENDS, 0, NULL, NULL, goods_get, NULL,
     "A paper that goes with goods as PDF, ?note=2603-00001: pickup, delivery, list.", NULL},
    READ("/api/search", search_get, "?q= part of number, customer, phone, product, pinyin initials, or a scanned code."),
    READ("/api/csv/*",  csv_get,    "The same list as CSV."),
    READ("/api/xlsx/*", xlsx_get, "The same list as a workbook."),
    READ("/api/pdf/*",  pdf_get,  "The same list as a paper; ?sign=1: with a line to sign on."),

    ACT("decide",        JUDGES,
        "How many held pieces of an event count; with bad, whose fault bad pieces are:"
        " [[count, reason, operation at fault, 0 = of none], ...].",
        "refers! count! bad replaces why"),
    ACT("correct",       DECIDES,
        "Puts an entry right: its count (0: it never happened), its operation, its workers in share order; pay follows.",
        "refers! count op workers why!"),
    ACT("bind",          REVOKES,
        "Whom a spare badge means on a shift date: what was reported with it that day is his.",
        "badge! worker! day! why"),
    ACT("stop",          STOPS,    "Stops an order, a line, or some doors of it [R3].",      "what! why! pieces"),
    ACT("lift",          LIFTS,    "Lifts a stop.",                                          "what! base"),
    ACT("change.open",   SELLS,    "Opens a change order of a line that is stopped, or of several of one order (lines: [...]).", "line lines wants! files"),
    ACT("change.save",   SELLS,    "Says what the customer wants, and when he confirmed it: the lead time counts from then.",
        "change! base wants! confirmed_day confirmed_by files"),
    ACT("change.agree",  AGREES,   "Records the compensation that the customer confirmed.",  "change! base sum! who! day!"),
    ACT("change.drop",   SELLS,    "Gives a change up: the old sheet stands.",               "change! base why!"),
    ACT("stays.put",     JUDGES_WORK, "So many pieces of the old sheet stay good, so many are made again.",
        "line! op! new_op good! redo! base"),
    ACT("copy.collect",  STOPS,    "A paper was handed in at the office.",                   "line! rev! copy!"),
    ACT("copy.lost",     FINDS,    "Declares a paper lost by name.",                         "line! rev! copy! who! why"),
    SEND("/api/act/copy.print", PRINTS, ACT_BODY_MAX, JSON_TYPE, print_post, "copy.print",
         "Prints the papers of a line's newest revision that haven't been, or one of them; size a4, a5. Each once: then see"
         " /api/sheet.", "line! copy size lang"),
    ACT("copy.replace",  PRINTS,   "Makes the next copy in place of another; who: that one is lost, who had it.",
        "line! rev! copy! why! who"),
    ACT("loss.add",      LOSSES,   "Records a loss: kind change, scrap, delay, wrong, complaint; wages of a change come from"
        " its scans.", "what! kind! change wages material cause! shares"),
    ACT("loss.approve",  APPROVES, "Approves a loss; nobody his own.",                       "loss! base"),
    ACT("loss.strike",   APPROVES, "Strikes a loss out.",                                    "loss! base"),
    ACT("loss.rule",     DECIDES,  "A rule of the house about losses.",                      "rule base name! sum percent off"),
    ACT("rate.change",   DECIDES,
        "Changes rates of work that was signed and perhaps paid already, back-dated; two persons. Answer: who gains or"
        " loses what.",
        "code! family! from! to! rate! rework! second!"),
    ACT("rate.try",      DECIDES,  "The same, undone at once: what it would change.", "code! family! from! to! rate! rework!"),
    ACT("adjust.add",    CLOSES,   "A bonus, fine, loss or advance of a worker; event: the report of the bad pieces that he is charged for.",
        "worker! kind! sum! day! why! rule! event"),
    ACT("adjust.approve", APPROVES, "Approves one that somebody else entered.", "id_of! base"),
    ACT("adjust.strike", APPROVES, "Strikes one out; what was taken is paid back.", "id_of! why! base"),
    ACT("payee.put",     RUNS_PAY, "A worker's identity number, phone and bank.",
        "worker! id_number! phone! bank! account! base"),
    ACT("daywork",       REVOKES,  "Enters day work of a worker: minutes on a shift date.", "worker! day! minutes! why!"),
    ACT("time.rate",     DECIDES,  "What an hour of day work is worth, from a day on.", "worker! from! rate!"),
    ACT("crew.split",    DECIDES,
        "How a crew shares what it makes from a shift date on: equal, coefficient, hours, both.", "crew! from! split! base"),
    ACT("crew.coefficient", DECIDES, "What a worker's time is worth in a crew from a shift date on: 1.20.",
        "crew! worker! from! coefficient! base"),
    ACT("period.check",  RUNS_PAY, "Checks the open pay period: its lines stand still; pay: the day of paying.", "to! pay"),
    ACT("period.reopen", RUNS_PAY, "Takes a check back: the period is open again.", "to! why!"),
    ACT("period.close",  CLOSES,   "Closes a checked pay period for good; two persons.", "to! second!"),
    ACT("setting",       SETS_UP,  "Changes a setting.",                                     "name! value! base"),
    ACT("customer.save", SELLS,
        "Makes a customer (0) or changes one: never without name, phone and address.",
        "customer! base name! phone! address! region class dealer new sample price_list price_list_day remarks off"),
    ACT("product.save",  CATALOGUES,
        "A product of the catalogue; materials, styles and colours of the house, separated by commas.",
        "code! base name! family! brand leaf frame architrave architrave_mm matching materials styles colours off"),
    ACT("price.save",    CATALOGUES, "A price from a day on.",                               "product! base item from! price!"),
    ACT("lead.save",     DATES,    "Lead times of a family in working days.",             "family! base least! most! rush!"),
    ACT("holiday.save",  DATES,    "A day of rest, or of work after all.",                "day! base name work"),
    ACT("operation.save", IMPORTS, "A kind of work; off retires it.",                        "code! base name_zh! name_en part! off"),
    ACT("station.save",  IMPORTS,  "Where a kiosk may stand; operations: codes separated by spaces.",
        "station! base name_zh! name_en operations! off"),
    ACT("reason.save",   IMPORTS,  "A reason of bad pieces.",                                "number! base name_zh! name_en off"),
    ACT("crew.save",     IMPORTS,  "A crew.",                                                "crew! base name! off"),
    ACT("worker.save",   RUNS_PAY, "A worker: new, or his name, crew, role, language, sign and colour.",
        "number! base name! crew role lang sign colour badge"),
    ACT("routing.save",  IMPORTS,  "A step of a family's way through the shop, for sheets that are made from now on.",
        "family! op! base operation! per_door days off"),
    ACT("rate.save",     IMPORTS,  "A dated piece rate, for sheets that are made from now on.",
        "operation! family from! base rate! rework"),
    ACT("order.receive", TAKES,
        "Something came in writing: a row of the order register. files: [{hash, name}, ...].",
        "customer who received_day received_time source! signed note files"),
    ACT("order.place",   TAKES,
        "Places an order: it gets its number. receipt: 0 with the fields of one. lines: each with the fields of /api/kinds.",
        "receipt! customer! lines! salesperson desk project rush rush_owner rush_reason doubt remarks who received_day"
        " received_time source signed note files"),
    ACT("order.change",  TAKES,    "Changes what an order says beside its lines.",
        "order! base customer! salesperson desk project rush rush_owner rush_reason doubt remarks"),
    ACT("line.change",   TAKES,    "Changes a line whose sheet isn't signed yet; with the fields of /api/kinds.", "line! base"),
    ACT("line.add",      TAKES,    "Adds a line to an order; with the fields of /api/kinds.",       "order!"),
    ACT("question.ask",  STOPS,    "Asks a technical question about an order or line.",     "order! line text! asked!"),
    ACT("question.answer", ANSWERS, "Says yes or no to a question; no with a note.",        "question! base answer! note!"),
    ACT("question.told", STOPS,    "The customer was told the answer.",                    "question! base"),
    ACT("file.attach",   STOPS,    "Hangs files on an order: source, confirmation, drawing, other.", "order! kind! files!"),
    ACT("file.strike",   TAKES,    "Strikes out a file that was hung on by mistake.",      "attached! base"),
    SEND("/api/file", STOPS, FILE_BODY_MAX, "application/octet-stream", upload_post, "file.keep",
         "Takes a PDF, picture or workbook in, ?id= the act's; the answer names its hash.", NULL),
    ACT("quote.make",    QUOTES,   "Makes the next quote of an order from its lines as they are.", "order!"),
    ACT("quote.confirm", CONFIRMS, "Records that the customer confirmed the newest quote: how wechat, fax, mail, signed.",
        "order! n! how! day! person! note files"),
    ACT("quote.chase",   CONFIRMS, "Records that the customer was asked for his confirmation.", "order!"),
    ACT("sheet.make",    DECIDES,  "Makes a line's sheet from the confirmed quote, rates from the dated tables.", "line!"),
    ACT("sheet.edit",    DECIDES,  "Changes a sheet before its release: all signatures fall. With the fields of /api/kinds.",
        "line! base"),
    ACT("sheet.rates",   DECIDES,  "Changes its piece rates: ops is [[op, rate, rework rate], ...].",  "line! base ops!"),
    ACT("sheet.explain", DECIDES,  "Says why a field of the sheet differs from the quote.",  "line! field! why!"),
    ACT("sheet.claim",   STOPS,    "A reviewer takes a sheet for a quarter of an hour.",     "line! kind!"),
    ACT("sheet.sign",    STOPS,    "A reviewer signs: version is of the draft he saw, ticks all items of the checklist.",
        "line! kind! version! ticks!"),
    ACT("sheet.return",  STOPS,    "A reviewer sends it back.",                              "line! kind! why!"),
    ACT("sheet.release", DECIDES,  "Releases a signed sheet to the floor; sequence 0: after the last of that day.",
        "line! day! sequence!"),
    ACT("sheet.split",   DECIDES,
        "Releases a signed sheet in batches, which are lines of their own; parts: doors of each, adding up to the line's.",
        "line! day! sequence! parts!"),
    ACT("remake.open",   MENDS,
        "Has scrapped doors made anew: a line of its own from that operation on, at the head of today's queue.",
        "line! pieces! op! cause! reason event"),
    ACT("remake.seen",   FOLLOWS,  "The order desk knows of a remake.",                      "line! base!"),
    ACT("plan.move",     DECIDES,  "Plans a released sheet anew.",                           "line! day! sequence! base"),
    ACT("deputy.save",   STOPS,    "Names one's own deputy for signatures, from day to day.", "deputy! from! to! base"),
    ACT("order.follow",  FOLLOWS,
        "What the order desk does about an order's day: seen; day with the new day and who told the customer; cause with who is"
        " responsible.",
        "order! kind! day told responsible cause"),
    ACT("enquiry.open",  ENQUIRES,
        "Somebody asks where an order is: whoever takes it owns it, and has half an hour. ask 1: the station that saw it"
        " last is asked at once.",
        "order! line who! text! ask"),
    ACT("enquiry.ask",   ENQUIRES, "Asks a station, or (empty) the one that saw the sheet last.", "enquiry! base station"),
    ACT("enquiry.close", ENQUIRES, "Closes an enquiry with what the customer was told.", "enquiry! base told!"),
    ACT("enquiry.hand",  ENQUIRES, "Hands an enquiry to somebody, who owns it once he has accepted it.", "enquiry! base to! note!"),
    ACT("enquiry.take",  ENQUIRES, "Accepts an enquiry that was handed over; a manager takes any.", "enquiry! base"),
    ACT("money.announce", ANNOUNCES,
        "Somebody says that money comes: it counts once finance confirms it. parts: [{order, sum}, ...]; method bank, wechat,"
        " alipay, cash, bill, other; files: one, the slip. customer 0 with who, or neither where parts name an order.",
        "day! sum! method! payer! slip note customer who parts files"),
    ACT("money.confirm", ROLE_FINANCE,
        "It arrived: day and sum of the bank, why where it is another sum; parts: left out as announced. Never one's own entry.",
        "transfer! base day! sum! why parts"),
    ACT("money.refuse",  ROLE_FINANCE, "It didn't come.",                                    "transfer! base why!"),
    ACT("money.spread",  ROLE_FINANCE,
        "Spreads a prepayment over orders: of one transfer, or (0) of the customer's oldest.", "transfer! customer who parts!"),
    ACT("money.reverse", GUARDS_MONEY,
        "Reverses a transfer (spread 0), or takes one part of it back to the prepayment; two persons, one of finance.",
        "transfer! spread! why! base second!"),
    ACT("order.amount",  GUARDS_MONEY | ROLE_QUOTER,
        "What an imported order is worth; two persons.", "order! sum! why! base second!"),
    ACT("guarantor.save", GUARDS_MONEY,
        "A guarantor (0 = a new one) with limit, last day and what he signed.",
        "guarantor! base name! phone! limit! signed! until! note off files"),
    ACT("guarantor.cover", GUARDS_MONEY, "He stands in for an order's deposit.",             "guarantor! order! sum!"),
    ACT("guarantor.free", GUARDS_MONEY, "He doesn't any more.",                              "cover! base why!"),
    ACT("unpaid.allow",  GUARDS_MONEY,
        "Lets goods leave unpaid up to a sum, where such overrides are switched on; two persons, one a manager.",
        "order! sum! why! answers! second!"),
    ACT("rebate.agree",  ROLE_DESK | GUARDS_MONEY,
        "A rebate agreed with a customer for a span of days: percent of the money that comes in, or a sum.",
        "customer! from! to! percent sum why!"),
    ACT("rebate.confirm", ROLE_FINANCE, "Finance confirms a rebate, never one's own entry; a rate becomes a sum.", "rebate! base"),
    ACT("rebate.drop",   GUARDS_MONEY, "Strikes a rebate out.",                              "rebate! base why!"),
    ACT("unpaid.end",    GUARDS_MONEY, "It holds no longer.",                                "unpaid! base why!"),
    ACT("exception.settle", SETTLES,
        "Says what was found out or done about exceptions that want no decision: items is [[what, event], ...] of the list.",
        "items! why!"),
    ACT("exception.take", CARES, "Takes exceptions over, or accepts what was handed over.",  "items!"),
    ACT("exception.hand", CARES, "Hands exceptions to somebody, whose they are once he has accepted them.", "items! to! note!"),
    ACT("exception.again", DECIDES,
        "Has an entry that was set aside tried once more, at the server's next start, which computes everything anew.", "event!"),
    ACT("day.close",     CLERKS,
        "Closes the user's day: what he has open is carried over, to his own next day or to somebody.", "to! note!"),
    ACT("worker.left",   RUNS_PAY, "A worker left.",                                         "worker! day! base"),
    SEND("/api/act/worker.pin", RUNS_PAY, LOGIN_BODY_MAX, JSON_TYPE, pin_post, "worker.pin",
         "Sets a worker's PIN, which opens his pay at kiosks; badge: the one that goes with it, where he has several.",
         "worker! pin! badge"),
    ACT("badge.add",     RUNS_PAY, "Gives a worker one more badge.",                         "badge! worker!"),
    ACT("badge.revoke",  REVOKES,  "Revokes a badge, for good.",                             "badge!"),
    ACT("case.open",     CLERKS,
        "Opens a case of an order, a line, a report (event) or an arrival receipt that isn't right (note: kind and what are its"
        " own then). kind quality, damage, short, wrong, complaint, repair, spare. files: [{hash, name}, ...].",
        "order line note event pieces kind what who due files"),
    ACT("case.save",     CLERKS,   "What is known of a case now; fault customer, transport, product; files are added.",
        "case! base kind! what! who pieces fault due files"),
    ACT("case.decide",   MENDS,
        "Decides a case: repair, remake (with the remake's line), send, money (the manager's), none; who bears the cost:"
        " factory, worker (once he was heard [R14]), customer, carrier, supplier.",
        "case! base decision! cause! remedy cost bearer worker remake"),
    ACT("case.close",    CLERKS,   "Closes a decided case; verified: what was found when it was looked at again.",
        "case! base verified!"),
    ACT("case.hand",     CLERKS,   "Hands a case over, by its owner, who decided it or a manager: his once he takes it.", "case! base to! note"),
    ACT("case.take",     CLERKS,   "Takes a case over that was handed to one, or, for a manager, any.", "case! base"),
    ACT("ship.order",    SHIPS,
        "Makes a pick-up order; a delivery note at once where the goods are paid. lines: [{line, doors, pieces}, ...].",
        "order! lines! remarks"),
    ACT("ship.open",     SHIPS,    "The dispatch order: the note may be loaded. Refused while money is missing.", "note!"),
    ACT("ship.void",     SHIPS,    "The note is void; what is on the truck comes off again.",  "note! why!"),
    ACT("ship.copy",     SHIPS,    "The note is printed anew, as its lines read today.",      "note!"),
    ACT("note",          SHIPS,    "Loading of the note ended: what isn't on the truck is left behind.", "note!"),
    ACT("ship.list",     SHIPS,    "The shipping list; volume in cubic metres; a changed freight is approved anew.",
        "note! base carrier waybill driver phone plate packages sizes volume freight"),
    ACT("ship.approve",  APPROVES_FREIGHT, "Approves the freight, which somebody else entered.", "note! base"),
    ACT("ship.check",    SHIPS,    "Pick-up order and delivery note were held against each other.", "note! base"),
    ACT("ship.told",     SHIPS,    "The consignee was told what comes and when, and how it is unloaded.",
        "note! base person! day! unloading!"),
    ACT("ship.arrived",  SHIPS,    "The arrival receipt: model, quantity, package; what isn't right is said in remarks.",
        "note! day! person! model quantity intact remarks"),
    ACT("ship.settle",   SHIPS,    "What became of goods that didn't arrive as they should.", "note! base text!"),
    ACT("ship.left",     LEFT_BEHIND, "What becomes of what was left behind: next, refund, keep.", "note! base what! text!"),
    ACT("truck.arrive",  TRUCKS,   "A truck stands at the gate.",              "plate! driver phone order! remarks"),
    ACT("truck.leave",   TRUCKS,   "It left.",                                                "truck! base"),
    ACT("place.save",    SHIPS,    "What people call a place: number of its code, name.",     "number! base name!"),
    SEND("/api/act/kiosk.token", SETS_UP, ACT_BODY_MAX, JSON_TYPE, token_post, "kiosk.token",
         "Makes a one-time token with which a kiosk enrols at a station; code: the digits of its QR.", "station!"),
    ACT("kiosk.confirm", SETS_UP,  "Takes a kiosk's queue that this server has never seen.", "kiosk! base"),
    ACT("kiosk.revoke",  SETS_UP,  "Revokes a kiosk: nothing of it is taken any more.",      "kiosk! base"),
    ACT("user.add",      SETS_UP,  "Makes a user, or changes name and roles.",               "name! full! roles! base"),
    ACT("user.off",      SETS_UP,  "Switches a user off or on; sessions end.",               "name! off! base"),
    ACT("session.revoke", SETS_UP,  "Ends somebody's session.",                               "session!"),
    SEND("/api/act/user.link", SETS_UP, LOGIN_BODY_MAX, JSON_TYPE, link_post, "user.link",
         "Makes a one-time link /login/TOKEN. The token is the caller's, 32 to 64 of 0-9 A-Z a-z - _, kept as a hash.",
         "user! token! until_ms!"),

    SEND("/api/import/*", IMPORTS, IMPORT_BODY_MAX, "text/csv " XLSX_TYPE, import_post, "import",
         "Imports a CSV file or workbook (docs/import.md), ?id= the act's; with ?dry_run=1 it only says what would be done.",
         NULL),

    KIOSK("POST", "/kiosk/1/events", KIOSK_EVENTS_BODY_MAX, kiosk_events, "docs/protocol.md: events of a kiosk."),
    KIOSK("POST", "/kiosk/1/feed",   KIOSK_FEED_BODY_MAX,   kiosk_feed,   "docs/protocol.md: what changed."),
    KIOSK("GET",  "/kiosk/1/ca",     0,                     kiosk_ca,     "docs/protocol.md: the CA certificate."),
    KIOSK("POST", "/kiosk/1/enrol",  KIOSK_ENROL_BODY_MAX,  kiosk_enrol,  "docs/protocol.md: enrolment."),
    {.method = NULL},
};
/* clang-format on */

static bool path_fits(const char *pattern, const char *path)
{
    size_t len = strlen(pattern);
    if (pattern[len - 1] != '*') return strcmp(pattern, path) == 0;
    return strncmp(pattern, path, len - 1) == 0 && path[len - 1] != 0;
}

const struct route *route_find(const char *method, const char *path)
{
    if (strcmp(method, "HEAD") == 0) method = "GET"; /* the http door leaves the body away */
    for (const struct route *route = ROUTES; route->method != NULL; route++)
        if (strcmp(route->method, method) == 0 && path_fits(route->path, path)) return route;
    return NULL;
}

int64_t routes_body_limit(void *desk, const char *method, const char *path)
{
    const struct route *route = route_find(method, path);
    (void)desk;
    /* What has no row is told so in words, by routes_handle(). */
    return route == NULL ? LOGIN_BODY_MAX : route->body_max;
}

/* ---- Who may */

/* A browser says where a page comes from; another site's page gets nothing, whatever its form looks like. */
static bool is_own_origin(const struct http_request *request)
{
    const char *origin = http_header(request, "Origin"), *host = http_header(request, "Host");
    const char *site = http_header(request, "Sec-Fetch-Site");
    if (site != NULL && strcmp(site, "cross-site") == 0) return false;
    if (origin == NULL) return true;
    const char *name = strstr(origin, "://");
    return name != NULL && host != NULL && strcasecmp(name + 3, host) == 0;
}

/* One of the types, which are separated by spaces. */
static bool is_type(const struct http_request *request, const char *types)
{
    const char *given = http_header(request, "Content-Type");
    size_t      len;
    for (; given != NULL && *types != 0; types += len + strspn(types + len, " ")) {
        len = strcspn(types, " ");
        if (strncasecmp(given, types, len) == 0 && (given[len] == 0 || strchr("; ", given[len]) != NULL)) return true;
    }
    return false;
}

/* Constant time, so that a token can't be guessed by the clock. */
static bool is_csrf(const struct visit *visit)
{
    const char *given = http_header(visit->request, "Baogong-Csrf");
    if (given == NULL || visit->csrf[0] == 0) return false;
    struct hash a = hash_of(given, strlen(given)), b = hash_of(visit->csrf, strlen(visit->csrf));
    return mac_equal(&a, &b);
}

static void visit_run(struct desk_ask *job, struct db *books)
{
    struct visit       *visit = (struct visit *)(void *)job;
    const struct route *route = visit->route;
    struct err          err;
    if (route->kind == ROUTE_OPEN) {
        route->run(visit, books);
    } else if (!visit_session(visit, books, &err)) {
        visit_refuse(visit, err.kind == ERR_RIGHTS ? 401 : 503, err.say);
    } else if ((visit->roles & route->roles) == 0) {
        visit_refuse(visit, 403, SAY("api.role"));
    } else if (route->kind == ROUTE_ACT && !is_csrf(visit)) {
        visit_refuse(visit, 403, SAY("api.csrf"));
    } else {
        route->run(visit, books);
    }
}

/* A POST of an open route changes something too: it must come from our own page, in the form that only scripts send. */
static bool is_form_refused(struct http_request *request, const struct route *route)
{
    if (route->run == NULL || strcmp(route->method, "POST") != 0) return false;
    if (!is_own_origin(request)) {
        office_refuse(request, 403, SAY("api.origin"));
        return true;
    }
    if (route->type != NULL && !is_type(request, route->type)) {
        office_refuse(request, 415, say_text(SAY("api.type"), route->type));
        return true;
    }
    return false;
}

void routes_handle(void *desk, struct http_request *request)
{
    const struct route *route = route_find(http_method(request), http_path(request));
    const struct desk  *table = desk;
    if (route == NULL) {
        office_refuse(request, 404, SAY("api.absent"));
    } else if (route->door != NULL) {
        route->door(table, request);
    } else if (!is_form_refused(request, route)) {
        size_t        len = strlen(route->path);
        struct visit *visit = calloc(1, sizeof *visit);
        if (visit == NULL) abort(); /* as core/buf.h */
        visit->ask.run = visit_run;
        visit->desk = table;
        visit->request = request;
        visit->route = route;
        visit->rest = route->path[len - 1] == '*' ? http_path(request) + len - 1 : "";
        visit->lang = http_lang(request, LANG_ZH);
        table->ask(table->house, &visit->ask);
    }
}
