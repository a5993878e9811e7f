-- Times are Unix milliseconds in UTC; ids are UUIDv7 as lowercase text.

-- Programs that write to the file. A row goes when its program closes the file; one left behind tells of a crash.
create table writers (
    id text not null primary key,
    process integer not null,
    started integer not null,
    opened_at integer not null
) strict;

create table sessions (
    id text not null primary key,
    title text,
    persona text not null,
    model text not null,
    system_prompt text,
    created_at integer not null,
    updated_at integer not null,
    deleted_at integer,
    head text,
    foreign key (id, head) references turns (session, id) deferrable initially deferred
) strict;

create index sessions_by_update on sessions (updated_at);

-- A turn hangs on the one before it: a retry is a sibling, and nothing is overwritten.
create table turns (
    number integer primary key,
    id text not null unique,
    session text not null references sessions (id) on delete cascade,
    parent text,
    prompt text not null,
    answer text not null default '',
    status text not null check (status in ('answering', 'complete', 'cancelled', 'failed', 'interrupted')),
    model text not null,
    snapshot text,
    finish_reason text,
    error text,
    prompt_tokens integer,
    cached_tokens integer,
    completion_tokens integer,
    load_ms real,
    prompt_ms real,
    first_token_ms real,
    total_ms real,
    created_at integer not null,
    finished_at integer,
    writer text references writers (id),
    unique (session, id),
    foreign key (session, parent) references turns (session, id)
) strict;

create index turns_by_parent on turns (session, parent);
create index turns_by_writer on turns (writer) where writer is not null;

create trigger writer_gone before delete on writers begin
    update turns set status = 'interrupted', writer = null where writer = old.id;
end;

-- What stands for the turns of a path from its root through this one, when they no longer fit the window.
create table summaries (
    number integer primary key,
    session text not null,
    through_turn text not null,
    text text not null,
    tokens integer not null,
    created_at integer not null,
    foreign key (session, through_turn) references turns (session, id) on delete cascade
) strict;

create index summaries_by_turn on summaries (session, through_turn);

-- A turn is indexed when its answer is there, not with every second of it.
create view searchable_turns (number, prompt, answer) as
    select number, prompt, answer from turns where status <> 'answering';

create virtual table turn_search using fts5 (
    prompt, answer,
    content = 'searchable_turns', content_rowid = 'number',
    tokenize = 'porter unicode61 remove_diacritics 2'
);

create trigger turn_search_insert after insert on turns when new.status <> 'answering' begin
    insert into turn_search (rowid, prompt, answer) values (new.number, new.prompt, new.answer);
end;

create trigger turn_search_delete after delete on turns when old.status <> 'answering' begin
    insert into turn_search (turn_search, rowid, prompt, answer) values ('delete', old.number, old.prompt, old.answer);
end;

-- Before and after, since the old text must be out before the new one is in.
create trigger turn_search_update_old before update of prompt, answer, status on turns when old.status <> 'answering' begin
    insert into turn_search (turn_search, rowid, prompt, answer) values ('delete', old.number, old.prompt, old.answer);
end;

create trigger turn_search_update_new after update of prompt, answer, status on turns when new.status <> 'answering' begin
    insert into turn_search (rowid, prompt, answer) values (new.number, new.prompt, new.answer);
end;
