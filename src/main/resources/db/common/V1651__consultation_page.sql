-- The page an entry was typed on: sent twice, it is recorded once.
alter table proposal_consultation add column page varchar(36);
create unique index proposal_consultation_page on proposal_consultation (page);
