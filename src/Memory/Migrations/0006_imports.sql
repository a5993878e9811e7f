-- Conversations that were imported, by the names that they and their turns have there, so that importing again changes nothing.
create table imports (
    source text not null,
    external_id text not null,
    session text not null references sessions (id) on delete cascade,
    turn text references turns (id) on delete cascade,
    primary key (source, external_id)
) strict, without rowid;

create index imports_by_session on imports (session);
create index imports_by_turn on imports (turn) where turn is not null;
