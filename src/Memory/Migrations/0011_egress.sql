-- Whether a document may leave the machine, as facts have it.
alter table documents add column egress text not null default 'ask' check (egress in ('never', 'ask', 'ok'));

-- Answers that models elsewhere gave. The packets themselves are not kept: the ledger has their hashes.
create table escalations (
    turn text primary key references turns (id) on delete cascade,
    destination text not null,
    -- What the server says answered; null where it says nothing.
    model text,
    packet_sha256 text not null,
    consent text not null,
    redactions integer not null,
    input_tokens integer not null,
    output_tokens integer not null,
    cost_usd real,
    -- Whether the answer may be used for training.
    may_train integer not null check (may_train in (0, 1)),
    note integer references notes (number) on delete set null
) strict, without rowid;
