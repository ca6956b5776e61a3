-- 交办: what a leader of the city wrote on the case, and whom a unit asks in the assigning office. Empty where none was given, and for cases assigned before.
alter table proposal_assignment_plan add column leader_instruction varchar(500) default '' not null;
alter table proposal_assignment_plan add column contact_name varchar(50) default '' not null;
alter table proposal_assignment_plan add column contact_phone varchar(20) default '' not null;
