-- Whether the committee entered it. Nobody was asked before: what is there already counts as it did.
alter table proposal_consultation add column by_committee boolean not null default true;
alter table proposal_consultation alter column by_committee drop default;
