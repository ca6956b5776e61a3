-- Meetings are casefile's. What points to one of the old rows is negative until that row has been taken over.
alter table proposal_review add column held_meeting bigint;
update proposal_review set held_meeting = -meeting_id where meeting_id is not null;
alter table proposal_review drop column meeting_id;

alter table proposal_key_topic add column passed_at_meeting bigint;
alter table proposal_key_topic add column decided_at_meeting bigint;
update proposal_key_topic set passed_at_meeting = -passed_meeting where passed_meeting is not null;
update proposal_key_topic set decided_at_meeting = -decided_meeting where decided_meeting is not null;
alter table proposal_key_topic drop column passed_meeting;
alter table proposal_key_topic drop column decided_meeting;
