-- A draft that is ready to be handed in with others of its kind (成批办理): the answer as it will be given, beside the form as it was
-- filled in. All four are null while the draft is only half filled.
alter table flow_draft add column ready_step varchar(201);   -- proposalReview/userTask_firstReview
alter table flow_draft add column ready_case varchar(40);
alter table flow_draft add column answer text;
alter table flow_draft add column ready_at timestamp with time zone;
create index flow_draft_ready on flow_draft (person, ready_step);
