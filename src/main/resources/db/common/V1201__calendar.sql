-- Holiday notices entered by an administrator. The years shipped with the application stand in calendar/days-off.tsv;
-- the newest notice of a year replaces the year of the file. Rows are never changed: the history of a year stays readable.
create table calendar_notice (
    id bigint generated always as identity primary key,
    notice_year integer not null,
    source varchar(200) not null,
    entered_by varchar(100) not null,
    entered_by_name varchar(200) not null,
    entered_at timestamp with time zone not null
);

create table calendar_day (
    notice_id bigint not null references calendar_notice (id),
    exceptional_day date not null,
    working boolean not null,
    name varchar(60) not null,
    primary key (notice_id, exceptional_day)
);

-- How long each obligation lasts. A change is a new row from a later day on; the past is never edited.
create table calendar_deadline_rule (
    id bigint generated always as identity primary key,
    rule_key varchar(60) not null,
    name varchar(60) not null,
    amount integer not null check (amount > 0),
    unit varchar(10) not null check (unit in ('workday', 'day', 'month')),
    cut_off time not null,
    -- what a given hour is called that goes before the count, such as the end of solicitation; null: always counted
    until_name varchar(60),
    basis text not null,
    range_text text not null,
    sure boolean not null,
    valid_from date not null,
    valid_to date,
    entered_by varchar(100) not null,
    entered_by_name varchar(200) not null,
    entered_at timestamp with time zone not null,
    unique (rule_key, valid_from),
    check (valid_to is null or valid_to >= valid_from)
);

create table calendar_deadline (
    id bigint generated always as identity primary key,
    case_number varchar(40) not null,
    rule_key varchar(60) not null,
    -- the row it was counted by; null: the date was given by a person
    rule_id bigint references calendar_deadline_rule (id),
    name varchar(60) not null,
    start_at timestamp with time zone not null,
    due_at timestamp with time zone not null,
    basis text not null,
    range_text text not null,
    sure boolean not null,
    sentence text not null,
    provisional boolean not null,
    -- counted from the rule and never moved by hand: a new holiday year may move it
    counted boolean not null,
    state varchar(12) not null check (state in ('open', 'met', 'lapsed', 'cancelled')),
    instance_id varchar(64),
    task varchar(255),
    -- case, key and instance while open, then null: at most one open row for each
    open_key varchar(200) unique,
    ended_at timestamp with time zone
);

create index calendar_deadline_case on calendar_deadline (case_number, id);
create index calendar_deadline_instance on calendar_deadline (instance_id, task);
create index calendar_deadline_open on calendar_deadline (state, due_at);

create table calendar_deadline_change (
    id bigint generated always as identity primary key,
    deadline_id bigint not null references calendar_deadline (id),
    from_at timestamp with time zone not null,
    to_at timestamp with time zone not null,
    -- move: a person gave the date; recompute: the calendar changed
    kind varchar(12) not null check (kind in ('move', 'recompute')),
    reason text not null,
    changed_by varchar(100) not null,
    changed_by_name varchar(200) not null,
    changed_at timestamp with time zone not null
);

create index calendar_deadline_change_deadline on calendar_deadline_change (deadline_id, id);

-- The regulations of this conference are not known yet: every value is marked 待核 and says what is seen elsewhere.
insert into calendar_deadline_rule
    (rule_key, name, amount, unit, cut_off, until_name, basis, range_text, sure, valid_from, entered_by, entered_by_name, entered_at)
values
    ('coSignature', '联名确认', 5, 'workday', time '18:00:00', '提案征集截止时刻', '本会工作条例（待核）', '他地会中3小时、会后1日，或至征集截止', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('firstReview', '初审', 3, 'workday', time '18:00:00', null, '本会提案审查细则（待核）', '未见他地成文时限', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('secondReview', '复审', 3, 'workday', time '18:00:00', null, '本会提案审查细则（待核）', '未见他地成文时限', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('finalDecision', '终审', 10, 'workday', time '18:00:00', null, '本会提案审查细则（待核）', '未见他地成文时限', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('fileNumber', '编立案号', 3, 'workday', time '18:00:00', null, '本会提案审查细则（待核）', '未见他地成文时限', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('resubmission', '退回修改后重提', 5, 'workday', time '18:00:00', null, '本会提案审查细则（待核）', '未见他地成文时限', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('reviewConsultation', '审查协商', 5, 'workday', time '18:00:00', null, '本会提案审查细则（待核）', '未见他地成文时限', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('assignment', '交办', 30, 'day', time '18:00:00', null, '本会工作条例（待核）', '他地多为闭会后30日内', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('acknowledge', '签收', 3, 'workday', time '18:00:00', null, '本市提案办理办法（待核）', '未见他地成文时限', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('returnWindow', '申请退办', 5, 'workday', time '18:00:00', null, '本市提案办理办法（待核）', '他地3个工作日至10个工作日', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('ruling', '退办裁定', 7, 'day', time '18:00:00', null, '本市提案办理办法（待核）', '他地有7日内答复的规定', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('firstContact', '首次联系提案者', 15, 'workday', time '18:00:00', null, '本市提案办理办法（待核）', '他地有15个工作日内的规定', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('coOpinion', '会办意见', 1, 'month', time '18:00:00', null, '本市提案办理办法（待核）', '他地1至2个月', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('reply', '答复', 3, 'month', time '18:00:00', null, '本市提案办理办法（待核）', '他地2至5个月，疑难的不超过6个月', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('replyExtended', '延期后答复', 6, 'month', time '18:00:00', null, '本市提案办理办法（待核）', '他地不超过6个月，须在到期前提出', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('feedback', '提案者反馈', 15, 'workday', time '18:00:00', null, '本会工作条例（待核）', '他地有15个工作日内的规定', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('rehandle', '再次办理', 1, 'month', time '18:00:00', null, '本市提案办理办法（待核）', '他地1至3个月', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00'),
    ('leaderInstruction', '批示办理反馈', 15, 'workday', time '18:00:00', null, '本市督查工作规定（待核）', '未见他地成文时限', false, date '2020-01-01', 'system', '系统初始值', timestamp with time zone '2020-01-01 00:00:00+08:00');
