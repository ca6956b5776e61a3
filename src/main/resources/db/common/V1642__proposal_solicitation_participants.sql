-- 参与率 of a closed solicitation: both numbers are of the same moment.
alter table proposal_solicitation add column closed_participants int;
