-- 22.sql - indexes: what no statement asks any more goes, what lists of open and lately closed ones ask comes.

DROP INDEX truck_when;
DROP INDEX remake_of;
DROP INDEX batch_of;
DROP INDEX finished_day;

CREATE INDEX enquiry_closed ON enquiry (closed_ms) WHERE closed_by != '';
CREATE INDEX case_closed ON cases (closed_ms) WHERE closed_by != '';
CREATE INDEX note_void ON note (void_ms) WHERE void_feed != 0;
