-- A case whose lines could not be written is set aside, so that the others are not kept waiting; it is tried again later.
alter table casefile_unlisted add column aside_at timestamp with time zone;
