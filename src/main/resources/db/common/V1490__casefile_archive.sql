-- 归档. A case that is taken out of the archive keeps its number: nobody else gets it, and put back it has it again.
alter table casefile_case add column archived timestamp with time zone;      -- null: it is not
alter table casefile_case add column archive_number varchar(40);             -- 档号
alter table casefile_case add column archived_by varchar(64);
alter table casefile_case add column archived_name varchar(200);             -- of that day
alter table casefile_case add column archive_note varchar(400);              -- 缺件说明; null: nothing was missing
create unique index casefile_case_archive_number on casefile_case (archive_number);
-- What waits to be archived is found without walking through all that was.
create index casefile_case_archived on casefile_case (archived, kind, closed);

-- 件号, gapless for each series (year and term of keeping); held until the transaction ends.
create table casefile_archive_number (
    series      varchar(40) primary key,
    last_number integer not null
);
