-- Who is to seal and bring a reply may send it back as well: one more step whose word is kept. The column is put in the place of
-- the former one because its check has no name that both databases know.
alter table proposal_handling_opinion add column step_now varchar(16);
update proposal_handling_opinion set step_now = step;
alter table proposal_handling_opinion drop column step;
alter table proposal_handling_opinion rename column step_now to step;
alter table proposal_handling_opinion alter column step set not null;
alter table proposal_handling_opinion add constraint proposal_handling_opinion_step
  check (step in ('collate', 'contact', 'check', 'deputy', 'head', 'preview', 'deliver', 'coDeputy'));
