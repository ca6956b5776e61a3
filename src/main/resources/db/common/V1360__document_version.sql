-- A new version of a paper is a row of its own; the first one names none.
alter table document_file add column version_of varchar(36);
alter table document_file add column version integer default 1 not null;
-- why there is a new one, in the words of who handed it in
alter table document_file add column reason varchar(300);
create unique index document_file_version on document_file (version_of, version);
