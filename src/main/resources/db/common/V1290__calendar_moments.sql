-- Terms that begin at a moment and belong to no case, such as how soon an alert of monitoring is seen: minutes and hours too.
alter table calendar_deadline_rule add column by_moment boolean not null default false;
-- what a unit may be is said anew: the check has no name that both databases know
alter table calendar_deadline_rule add column unit_before varchar(10);
update calendar_deadline_rule set unit_before = unit;
alter table calendar_deadline_rule drop column unit;
alter table calendar_deadline_rule add column unit varchar(10) not null default 'workday' check (unit in ('workday', 'day', 'month', 'minute', 'hour'));
update calendar_deadline_rule set unit = unit_before;
alter table calendar_deadline_rule drop column unit_before;
alter table calendar_deadline_rule alter column unit drop default;

insert into calendar_deadline_rule
    (rule_key, name, amount, unit, by_moment, cut_off, until_name, basis, range_text, sure, valid_from, entered_by, entered_by_name, entered_at)
values
    ('alertSeen', '监测预警接警', 30, 'minute', true, time '18:00:00', null, '本局监测预警处置规定（待核）', '未见国家规定，各地平台做法不一', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('alertDesk', '监测预警研判', 2, 'hour', true, time '18:00:00', null, '本局监测预警处置规定（待核）', '未见国家规定，各地平台做法不一', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('alertSiteRed', '红色监测预警现场核查', 24, 'hour', true, time '18:00:00', null, '本局监测预警处置规定（待核）', '未见国家规定，各地平台做法不一', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('alertSite', '监测预警现场核查', 3, 'workday', true, time '18:00:00', null, '本局监测预警处置规定（待核）', '未见国家规定，各地平台做法不一', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00');
