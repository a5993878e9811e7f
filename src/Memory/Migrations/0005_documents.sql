-- When the file of a document was last written to, in milliseconds; null where it is no file, or was written to in the moment of reading.
alter table documents add column modified_at integer;

-- What the lines of its passages count.
alter table documents add column unit text not null default 'line' check (unit in ('line', 'page', 'paragraph', 'message'));

-- Folders whose files are documents, and files and folders in them that the user took out again.
create table watched_paths (
    path text primary key,
    excluded integer not null check (excluded in (0, 1)),
    added_at integer not null
) strict, without rowid;
