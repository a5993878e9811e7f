-- What tools did for a turn, as the model saw it, so that the next prompt begins the same: JSON, null where none was offered.
alter table turns add column tools text;

-- Where the untrusted text came from that the model had before it when it ended its answer: a JSON array, null where there was none.
alter table turns add column origins text;

-- The same for what a summary covers.
alter table summaries add column origins text;

-- What another program's model answered was never seen by this one.
update turns set origins = '["an imported conversation"]' where id in (select turn from imports);
