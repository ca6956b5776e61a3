-- 转承办科室 is the unit's own matter: nobody outside it is told.
insert into notice_rung (rule_key, days, told, entered_by, entered_by_name, entered_at)
values
    ('sectionForward', 0, 'owner', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('sectionForward', 1, 'owner,unit', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00');
