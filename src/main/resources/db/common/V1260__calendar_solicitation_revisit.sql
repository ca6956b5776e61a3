-- Terms of solicitation and look-back; none is written down anywhere we know, so all are unsure.
insert into calendar_deadline_rule
    (rule_key, name, amount, unit, cut_off, until_name, basis, range_text, sure, valid_from, entered_by, entered_by_name, entered_at)
values
    ('solicitationTopics', '拟定参考选题和征集通知', 15, 'workday', time '18:00:00', null, '本会工作条例（待核）', '未见他地成文时限', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('solicitationApproval', '审签征集通知', 3, 'workday', time '18:00:00', null, '本会工作条例（待核）', '未见他地成文时限', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('solicitationSummary', '征集情况汇总', 5, 'workday', time '18:00:00', null, '本会工作条例（待核）', '未见他地成文时限', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('revisitReport', '回头看报告', 1, 'month', time '18:00:00', null, '本市提案办理办法（待核）', '他地有限当年11月20日前报送的做法', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('revisitCheck', '回头看核查', 15, 'workday', time '18:00:00', null, '本会工作条例（待核）', '未见他地成文时限', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00');
