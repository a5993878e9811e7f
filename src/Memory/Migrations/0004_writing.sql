-- How far a turn was looked at for facts: not yet, by rules, by the model too.
alter table turns add column written integer not null default 0 check (written between 0 and 2);

-- How many characters of the prompt the user typed; what follows was read from elsewhere and proves nothing. Null: all of it.
alter table turns add column own_length integer;

create index turns_to_write on turns (number) where written = 0;
create index turns_to_propose on turns (number) where written = 1;

-- What a fact that was written by itself tells about, where a person has only one of it: a newer one takes its place.
create table fact_attributes (
    fact text not null primary key references facts (id) on delete cascade,
    attribute text not null
) strict, without rowid;

create index fact_attributes_by_attribute on fact_attributes (attribute);

-- Facts that wait until the user has looked at them.
create table inbox (
    number integer primary key,
    id text not null unique,
    text text not null,
    kind text not null check (kind in ('profile', 'preference', 'event', 'relation', 'task', 'knowledge')),
    valid_from integer,
    valid_to integer,
    confidence real not null check (confidence between 0 and 1),
    attribute text,
    proposer text not null,
    doubt text not null,
    supersedes text references facts (id) on delete set null,
    source_turn text not null references turns (id) on delete cascade,
    source_start integer not null,
    source_end integer not null,
    proposed_at integer not null,
    unique (source_turn, text)
) strict;

-- What the user does not want to be asked about: an attribute, or the words that a fact must not have all together.
create table never_asked (
    topic text not null primary key,
    since integer not null
) strict, without rowid;
