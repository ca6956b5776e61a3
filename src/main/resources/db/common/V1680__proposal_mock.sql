-- 模拟届次: a session for practice, such as the young people's contest. It is never the current one and counts nowhere.
alter table proposal_session add column mock boolean default false not null;
-- null: open
alter table proposal_session add column mock_closed_at timestamp with time zone;

-- Organisations whose contact hands in for the teams; the teams themselves, often of minors, have no accounts.
create table proposal_mock_organizer (
  session_id varchar(16) not null references proposal_session on delete cascade,
  member_id varchar(64) not null,
  primary key (session_id, member_id)
);
create index proposal_mock_organizer_by_member on proposal_mock_organizer (member_id);
