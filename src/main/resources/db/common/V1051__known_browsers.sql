-- Keys this house signs with; made at the first need, never shown. Two nodes read the same row.
create table people_secret (
  name varchar(40) primary key,
  secret varchar(64) not null,
  made_at timestamp with time zone not null
);
-- Wrong codes at a link; after a few the link is dead, from wherever they were sent.
alter table people_password_reset add column failures int default 0 not null;
