-- What was done to the facts, the newest last. A row is one command of the user, however many facts it touched, and is reversed as one.
create table changes (
    number integer primary key autoincrement,
    action text not null check (action in ('add', 'edit', 'pin', 'unpin', 'label', 'import', 'accept')),
    made_at integer not null,
    undone_at integer
) strict;

create index changes_to_undo on changes (number) where undone_at is null;

-- The facts it touched, and what of them can change, as it was before. No text: what is forgotten leaves none here.
create table change_facts (
    change integer not null references changes (number) on delete cascade,
    fact text not null references facts (id) on delete cascade,
    added integer not null check (added in (0, 1)),
    retracted_at integer,
    pinned integer not null,
    egress text not null,
    primary key (change, fact)
) strict, without rowid;

create index change_facts_by_fact on change_facts (fact);

-- A change that touched nothing but what is forgotten is forgotten too.
create trigger change_empty after delete on change_facts
when not exists (select 1 from change_facts where change = old.change) begin
    delete from changes where number = old.change;
end;

-- What forgetting has still to do after its transaction; whichever program runs next does it.
create table cleaning (
    number integer primary key autoincrement,
    kind text not null check (kind in ('database', 'session')),
    -- The id of the session of which a model has read something.
    subject text not null default ''
) strict;
