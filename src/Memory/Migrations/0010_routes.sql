-- What did each step of a turn, why, and how sure the model was of its answer: JSON with no word of what was said; null for turns of before.
alter table turns add column route text;

-- What the user thinks of the answer, and since when; null where they did not say.
alter table turns add column thumb text check (thumb in ('good', 'bad'));
alter table turns add column thumb_at integer;

create index turns_rated on turns (thumb_at) where thumb is not null;
