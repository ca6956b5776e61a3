-- 附议: members who second a proposal of others. A row is a second that stands; what was withdrawn is told by the case's timeline.
create table proposal_second (
  case_number varchar(32) not null references proposal_proposal on delete cascade,
  member_id varchar(64) not null,
  person_id varchar(64) not null,
  name varchar(200) not null,
  at timestamp with time zone not null,
  primary key (case_number, member_id)
);
create index proposal_second_by_person on proposal_second (person_id, case_number);
