-- What the committee owes after a dissatisfied proposer. Local rules are not known: marked 待核.
insert into calendar_deadline_rule
    (rule_key, name, amount, unit, cut_off, until_name, basis, range_text, sure, valid_from, entered_by, entered_by_name, entered_at)
values
    ('dissatisfaction', '核实不满意意见', 10, 'workday', time '18:00:00', null, '本会工作条例（待核）', '未见他地成文时限', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('mediation', '组织会商', 1, 'month', time '18:00:00', null, '本会工作条例（待核）', '他地再次答复仍不满意的由两办会同政协组织当面协商，未见时限', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00');
