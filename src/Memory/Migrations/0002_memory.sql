-- Facts. A row is one version of what is known: true in the world from valid_from to valid_to (null: open), known here from
-- recorded_at to retracted_at. A newer version supersedes an older one; no row is overwritten but by what the user did to it.
create table facts (
    number integer primary key,
    id text not null unique,
    text text not null,
    kind text not null check (kind in ('profile', 'preference', 'event', 'relation', 'task', 'knowledge')),
    valid_from integer,
    valid_to integer,
    recorded_at integer not null,
    retracted_at integer,
    supersedes text references facts (id) on delete set null,
    confidence real not null check (confidence between 0 and 1),
    origin text not null check (origin in ('user', 'import')),
    egress text not null default 'ask' check (egress in ('never', 'ask', 'ok')),
    pinned integer not null default 0 check (pinned in (0, 1)),
    uses integer not null default 0,
    used_at integer,
    -- The characters (UTF-16) of the turn's prompt that say it.
    source_turn text references turns (id) on delete set null,
    source_start integer,
    source_end integer,
    -- What it was imported from, so that importing again changes nothing.
    source_reference text
) strict;

create index facts_by_source on facts (source_turn) where source_turn is not null;
create index facts_by_supersedes on facts (supersedes) where supersedes is not null;
create unique index facts_by_reference on facts (source_reference) where source_reference is not null and retracted_at is null;

-- Texts that were read from files, mails and other places; they are searched and cited, and never become facts by themselves.
create table documents (
    number integer primary key,
    id text not null unique,
    location text not null unique,
    title text not null,
    media_type text not null,
    sha256 text not null,
    bytes integer not null,
    written_at integer,
    added_at integer not null
) strict;

-- How much of a turn is in the index: nothing, its prompt, its answer too.
alter table turns add column indexed integer not null default 0 check (indexed between 0 and 2);

create index turns_to_index on turns (number) where indexed < 2;

-- What is searched: pieces of facts, turns and documents, short enough for the embedding model. Neighbours stand in one thread.
create table passages (
    number integer primary key autoincrement,
    fact text references facts (id) on delete cascade,
    turn text references turns (id) on delete cascade,
    document text references documents (id) on delete cascade,
    part text not null check (part in ('fact', 'prompt', 'answer', 'chunk')),
    thread text not null,
    ordinal integer not null,
    speaker text,
    heading text,
    text text not null,
    -- Names and code in the text and its speaker, one on each line: what the trigram index holds.
    names text,
    said_at integer not null,
    -- Characters of the turn, or lines of the document; null where the passage is the whole.
    first integer,
    last integer,
    check ((fact is not null) + (turn is not null) + (document is not null) = 1)
) strict;

create index passages_by_thread on passages (thread, ordinal);
create index passages_by_fact on passages (fact) where fact is not null;
create index passages_by_turn on passages (turn) where turn is not null;
create index passages_by_document on passages (document) where document is not null;
create index passages_by_time on passages (said_at);

create virtual table passage_search using fts5(
    text, speaker, heading,
    content = 'passages', content_rowid = 'number',
    tokenize = 'porter unicode61 remove_diacritics 2'
);

create virtual table passage_names using fts5(
    names,
    content = 'passages', content_rowid = 'number',
    tokenize = 'trigram'
);

-- Who and what passages are about; an alias is another name of the same.
create table entities (
    number integer primary key,
    name text not null
) strict;

create table entity_aliases (
    alias text not null collate nocase,
    entity integer not null references entities (number) on delete cascade,
    primary key (alias, entity)
) strict, without rowid;

create index entity_aliases_by_entity on entity_aliases (entity);

create table passage_entities (
    entity integer not null references entities (number) on delete cascade,
    passage integer not null references passages (number) on delete cascade,
    primary key (entity, passage)
) strict, without rowid;

create index passage_entities_by_passage on passage_entities (passage);

-- An entity that nothing is about any more is forgotten with the last passage that was.
create trigger entity_unused after delete on passage_entities
when not exists (select 1 from passage_entities where entity = old.entity) begin
    delete from entities where number = old.entity;
end;

-- Vectors of one space can be compared; those of two cannot. The vectors of space N lie in the table vectors_N (sqlite-vec).
create table embedding_spaces (
    number integer primary key,
    id text not null unique,
    dimensions integer not null check (dimensions > 0),
    created_at integer not null
) strict;

-- Vectors in a byte for each component, which are held in memory and scanned; read in the order in which they were written.
create table vector_codes (
    sequence integer primary key autoincrement,
    space integer not null references embedding_spaces (number) on delete cascade,
    passage integer not null references passages (number) on delete cascade,
    code blob not null,
    unique (passage, space)
) strict;

-- What has no vector yet in a space, and vectors whose passage is gone.
create table vectors_to_make (
    space integer not null references embedding_spaces (number) on delete cascade,
    passage integer not null references passages (number) on delete cascade,
    primary key (space, passage)
) strict, without rowid;

create index vectors_to_make_by_passage on vectors_to_make (passage);

create table vectors_to_delete (
    space integer not null references embedding_spaces (number) on delete cascade,
    passage integer not null,
    primary key (space, passage)
) strict, without rowid;

create trigger passage_insert after insert on passages begin
    insert into passage_search (rowid, text, speaker, heading) values (new.number, new.text, new.speaker, new.heading);
    insert into passage_names (rowid, names) values (new.number, new.names);
    insert into vectors_to_make (space, passage) select number, new.number from embedding_spaces;
end;

create trigger passage_delete before delete on passages begin
    insert into passage_search (passage_search, rowid, text, speaker, heading) values ('delete', old.number, old.text, old.speaker, old.heading);
    insert into passage_names (passage_names, rowid, names) values ('delete', old.number, old.names);
    insert into vectors_to_delete (space, passage) select space, passage from vector_codes where passage = old.number;
end;

-- What stood in the window before the words of a turn: the memories, as they were given. It stays, so that the next prompt begins the same.
alter table turns add column memories text not null default '';

-- What every prompt of a session begins with after the persona; it changes only between sessions.
alter table sessions add column core_memory text not null default '';

-- What was recalled for a turn, given or left out: why the answer is what it is.
create table recalls (
    turn text not null references turns (id) on delete cascade,
    rank integer not null,
    passage integer not null references passages (number) on delete cascade,
    score real not null,
    words real,
    cosine real,
    names real,
    in_time integer check (in_time in (0, 1)),
    tokens integer not null,
    given integer not null check (given in (0, 1)),
    primary key (turn, rank)
) strict, without rowid;

create index recalls_by_passage on recalls (passage);
