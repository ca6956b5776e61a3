-- The initials of a title cost more than the rest of a line: they are kept as long as the title stays.
alter table casefile_listed_words add column letters varchar(900);
