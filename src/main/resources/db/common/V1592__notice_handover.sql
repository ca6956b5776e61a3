-- 通知清单: what is read out or sent from a list that leaves the house: the short text without title and link, whichever way the message went.
alter table notice_outbox add column brief varchar(70);
update notice_outbox set brief = '【办好】' || substring(subject from 1 for 50) || '，请登录系统查看。';
alter table notice_outbox alter column brief set not null;
create index notice_outbox_told on notice_outbox (created_at);

-- 已转交: handed to who telephones or sends short messages. Gone when it is taken back.
create table notice_handover (
    outbox_id bigint primary key references notice_outbox on delete cascade,
    -- newest message of the line that was handed over: all its messages go and come back together
    line_id bigint not null,
    at timestamp with time zone not null,
    person_id varchar(100) not null,
    -- of that day
    person_name varchar(200) not null
);
create index notice_handover_line on notice_handover (line_id);
