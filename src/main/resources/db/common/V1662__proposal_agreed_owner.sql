-- Whose a thing agreed in a consultation is: the unit's part in this case, so that whoever takes that part over has it too.
-- Null: promised in a reply, or entered before the owner was chosen from the units.
alter table proposal_commitment add column assignment_id bigint references proposal_assignment on delete cascade;
create index proposal_commitment_by_assignment on proposal_commitment (assignment_id);
