-- What the user had noted down, and what they want to be reminded of. A note is no fact: it says what somebody wrote, and where from.
create table notes (
    number integer primary key autoincrement,
    text text not null,
    created_at integer not null,
    due_at integer,
    reminded_at integer,
    done_at integer,
    -- Where the untrusted text came from that stood in the window when the model wrote it: a JSON array, null where there was none.
    origins text
) strict;

create index notes_due on notes (due_at) where due_at is not null and done_at is null;
