-- A unit's answer finds its assignment by the instance of its process.
create index proposal_assignment_by_instance on proposal_assignment (instance_id);
