// server.mjs - the peer of the bench: Fastify and better-sqlite3 as one would write them for this job.
//
// usage: node server.mjs DATABASE [fill N]
//
// POST /events takes one event or a list of them and answers once they are committed (WAL, synchronous=FULL). One row an
// event, its key (kiosk, epoch, seq), an index on the order line and one on worker and day. `fill N` first writes N
// events of the past, as they would stand there. Prints "ready PORT".
import Database from "better-sqlite3";
import Fastify from "fastify";

const [file, fill, many] = process.argv.slice(2);
const db = new Database(file);
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec(`CREATE TABLE IF NOT EXISTS event (
    kiosk TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, worker INTEGER, sheet TEXT,
    rev INTEGER, op INTEGER, count INTEGER, day TEXT, wall INTEGER, line TEXT NOT NULL,
    PRIMARY KEY (kiosk, epoch, seq)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS event_sheet ON event (sheet, op);
  CREATE INDEX IF NOT EXISTS event_worker ON event (worker, day);`);
const insert = db.prepare(`INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
const keep = (e) =>
    insert.run(e.kiosk, e.epoch, e.seq, e.kind, e.workers?.[0]?.[0] ?? null, e.sheet ?? null, e.rev ?? null, e.op ?? null,
        e.count ?? null, e.day ?? null, e.wall ?? null, JSON.stringify(e));
const keepAll = db.transaction((events) => events.forEach(keep));

if (fill === "fill") {
    const line = "x".repeat(540);
    const some = db.transaction((from, to) => {
        for (let n = from; n < to; n++)
            insert.run("past" + (n % 200), "1-past", Math.floor(n / 200) + 1, "report", (n * 31) % 500, `2501-${n >> 3}-01`, 1,
                ((n % 8) + 1) * 10, 1, "2025-" + (n >> 14), n, line);
    });
    for (let n = 0; n < Number(many); n += 100000) some(n, Math.min(n + 100000, Number(many)));
}

const app = Fastify({ bodyLimit: 1 << 20 });
app.post("/events", (request) => {
    if (Array.isArray(request.body)) keepAll(request.body);
    else keep(request.body);
    return { state: "taken" };
});
await app.listen({ port: 0, host: "127.0.0.1" });
console.log("ready", app.server.address().port);
