-- Inside a unit: how soon it says which section handles, before the day of the reply.
insert into calendar_deadline_rule
    (rule_key, name, amount, unit, cut_off, until_name, basis, range_text, sure, valid_from, entered_by, entered_by_name, entered_at)
values
    ('sectionForward', '转承办科室', 3, 'workday', time '18:00:00', null, '本单位提案办理制度（待核）', '未见他地成文时限', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00');
