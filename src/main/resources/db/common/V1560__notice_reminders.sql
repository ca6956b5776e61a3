-- When and whom a deadline reminds; rows of the empty key serve every obligation without a ladder of its own.
create table notice_rung (
    id bigint generated always as identity primary key,
    rule_key varchar(60) not null,
    -- working days from the due day: before it negative
    days integer not null,
    -- owner, unit, office, leader; with commas
    told varchar(60) not null,
    entered_by varchar(100) not null,
    entered_by_name varchar(200) not null,
    entered_at timestamp with time zone not null,
    unique (rule_key, days)
);

insert into notice_rung (rule_key, days, told, entered_by, entered_by_name, entered_at)
values
    ('', -10, 'owner', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('', -3, 'owner', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('', 0, 'owner', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('', 1, 'owner,unit', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('', 5, 'owner,unit,office', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('', 10, 'owner,unit,office,leader', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00');

-- How far each deadline's ladder has been climbed, for which date and with whom: another date or another owner is told anew.
create table notice_ladder (
    deadline_id bigint primary key,
    due_at timestamp with time zone not null,
    days integer not null,
    owners text not null,
    told_at timestamp with time zone not null
);

-- A lock for each kind of sweep: with two nodes only one sweeps.
create table notice_sweep (
    name varchar(40) primary key,
    at timestamp with time zone
);
insert into notice_sweep (name, at) values ('reminders', null), ('digest', null);

-- What people have set for themselves; no row: as it comes.
create table notice_preference (
    person_id varchar(100) primary key,
    digest boolean not null
);
