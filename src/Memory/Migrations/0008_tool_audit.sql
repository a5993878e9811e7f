-- Calls of tools, run or not. What was said in them is not here: the turn has it, and this row only the hashes that prove it.
create table tool_calls (
    number integer primary key,
    called_at integer not null,
    face text not null,
    session text references sessions (id) on delete set null,
    turn text references turns (id) on delete set null,
    tool text not null,
    source text not null,
    risk text not null,
    arguments_sha256 text not null,
    -- How many texts of others the model had before it.
    untrusted integer not null,
    -- What the rules said, and what the user; null where they were not asked.
    decision text check (decision in ('allow', 'ask', 'deny')),
    approval text check (approval in ('no', 'once', 'session', 'always', 'impossible')),
    reason text not null,
    status text not null,
    result_sha256 text,
    elapsed_ms real not null
) strict;

create index tool_calls_by_session on tool_calls (session) where session is not null;
create index tool_calls_by_turn on tool_calls (turn) where turn is not null;
