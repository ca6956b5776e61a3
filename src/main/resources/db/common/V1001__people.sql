create table people_person (
  id varchar(64) primary key,
  password_hash varchar(200) not null,
  name varchar(100) not null,
  post varchar(200) not null,
  email varchar(254),
  phone varchar(32),
  active boolean not null,
  api boolean not null,
  must_change_password boolean not null,
  -- grows with every change of state, groups or password: open sessions follow at their next request
  stamp int not null,
  -- grows with the password only: open sessions end
  password_stamp int not null,
  created_at timestamp with time zone not null,
  deactivated_at timestamp with time zone
);

create table people_unit (
  id varchar(48) primary key,
  name varchar(100) not null,
  unit_system varchar(20) not null,
  protocol_order int not null,
  active boolean not null
);

create table people_group (
  id varchar(64) primary key,
  name varchar(150) not null,
  unit_id varchar(48) references people_unit (id),
  -- its members work in Tasklist
  staff boolean not null
);

create table people_membership (
  person_id varchar(64) not null references people_person (id),
  group_id varchar(64) not null references people_group (id),
  since timestamp with time zone not null,
  primary key (person_id, group_id)
);
create index people_membership_by_group on people_membership (group_id, person_id);

-- What the engine is told: everybody in a staff group is also in the group "staff", which carries the common grants.
create view people_engine_membership as
  select person_id, group_id from people_membership
  union
  select m.person_id, 'staff' from people_membership m join people_group g on g.id = m.group_id where g.staff;

create table people_member (
  id varchar(64) primary key,
  person_id varchar(64) not null references people_person (id),
  kind varchar(20) not null,
  name varchar(100) not null,
  member_number varchar(40) not null,
  sector varchar(40) not null,
  party varchar(40) not null,
  post varchar(200) not null,
  in_office_until date
);
create index people_member_by_person on people_member (person_id);

create table people_sign_in_failure (
  login varchar(64) not null,
  address varchar(64) not null,
  failures int not null,
  last_at timestamp with time zone not null,
  blocked_until timestamp with time zone,
  primary key (login, address)
);

create table people_one_time_token (
  hash varchar(64) primary key,
  purpose varchar(40) not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone
);

insert into people_group (id, name, unit_id, staff) values
  ('staff', '全体工作人员', null, false),
  ('member', '政协委员', null, false),
  ('organization-contact', '集体提案单位联系人', null, false),
  ('sector-convener', '界别（委员小组）召集人', null, false),
  ('proposal-clerk', '提案委办公室工作人员', null, true),
  ('group-reviewer', '审查小组成员', null, true),
  ('committee-director', '提案委员会主任、副主任', null, true),
  ('meeting-secretary', '会议秘书', null, true),
  ('secretary-general', '秘书长', null, true),
  ('supervising-chair', '督办主席、副主席', null, true),
  ('committee-staff', '专门委员会工作人员', null, true),
  ('leading-official', '领办领导', null, true),
  ('leader-aide', '领导联络员', null, true),
  ('party-office-assigner', '市委办公室交办人员', null, true),
  ('government-office-assigner', '市政府办公室交办人员', null, true),
  ('assigning-office-leader', '两办分管领导', null, true),
  ('enterprise-manager', '企业环保负责人', null, false),
  ('maintenance-contractor', '自动监控运维单位', null, false),
  ('machine-owner', '机械所有人', null, false),
  ('model-administrator', '流程管理员', null, false),
  ('rules-administrator', '规则与代码管理员', null, false),
  ('system-administrator', '系统管理员', null, false),
  ('security-administrator', '安全保密管理员', null, false),
  ('audit-administrator', '安全审计员', null, false);
