-- Schema 1 as its migration makes it, less the comments, and rows of the kind that a program of that time writes: written by hand. It stays as
-- it is when the schema changes, so that later programs are tried on what earlier ones left.
pragma application_id = 0x50414921;
pragma user_version = 1;


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

create trigger turn_search_update_old before update of prompt, answer, status on turns when old.status <> 'answering' begin
    insert into turn_search (turn_search, rowid, prompt, answer) values ('delete', old.number, old.prompt, old.answer);
end;

create trigger turn_search_update_new after update of prompt, answer, status on turns when new.status <> 'answering' begin
    insert into turn_search (rowid, prompt, answer) values (new.number, new.prompt, new.answer);
end;

insert into writers values ('019b7cab-af88-7001-8000-000000000001', 1, 0, 1767323045000);
insert into sessions values
    ('019b7cab-af88-7001-8000-000000000002', 'Boiling eggs', 'default', 'llama/starter', null, 1767323045000, 1767323048000, null, null);
insert into turns values
    (1, '019b7cab-af88-7001-8000-000000000011', '019b7cab-af88-7001-8000-000000000002', null, 'How long do I boil an egg?', 'Ten minutes.', 'complete', 'llama/starter', 'b1-starter', 'stop', null, 20, 0, 4, 100.5, 50, 160, 400, 1767323045000, 1767323046000, null),
    (2, '019b7cab-af88-7001-8000-000000000012', '019b7cab-af88-7001-8000-000000000002', '019b7cab-af88-7001-8000-000000000011', 'And a duck''s?', 'The', 'cancelled', 'llama/starter', null, 'cancelled', null, null, null, null, null, null, null, null, 1767323046000, 1767323047000, null),
    (3, '019b7cab-af88-7001-8000-000000000013', '019b7cab-af88-7001-8000-000000000002', '019b7cab-af88-7001-8000-000000000011', 'And a soft one?', 'Five minutes.', 'complete', 'llama/starter', 'b1-starter', 'length', null, 40, 24, 4, 0, 50, 60, 300, 1767323047000, 1767323048000, null);
update sessions set head = '019b7cab-af88-7001-8000-000000000013';
insert into summaries values
    (1, '019b7cab-af88-7001-8000-000000000002', '019b7cab-af88-7001-8000-000000000011', 'Eggs take ten minutes.', 6, 1767323048000);
delete from writers;
