-- 一次性链接: a person does one act in one case from his phone without signing in. Of the secret in an address only a hash is kept.
create table notice_link (
    id bigint generated always as identity primary key,
    -- which act, as the module above names it: feedback, coSignature
    act varchar(40) not null,
    -- what it is about within the case, in that module's words; may be empty
    subject varchar(100) not null,
    person_id varchar(100) not null,
    case_number varchar(40) not null,
    made_at timestamp with time zone not null,
    -- not good from here on, though the act may be due later
    until_at timestamp with time zone not null,
    used_at timestamp with time zone,
    -- what was decided by it, in words; the act itself stands in the case
    used_for varchar(200),
    revoked_at timestamp with time zone,
    revoked_by varchar(100),
    revoked_name varchar(200)
);
create index notice_link_case on notice_link (case_number);

-- What was sent: each message has a secret of its own, made when it leaves, so that it stands nowhere but in the message.
create table notice_link_token (
    -- SHA-256 in hexadecimal
    hash varchar(64) primary key,
    link_id bigint not null references notice_link on delete cascade,
    outbox_id bigint not null,
    made_at timestamp with time zone not null
);
create index notice_link_token_link on notice_link_token (link_id);

-- One row: whether there are such links at all, and how long one is good at most.
create table notice_link_setting (
    id integer primary key check (id = 1),
    enabled boolean not null,
    longest_days integer not null check (longest_days between 1 and 30)
);
insert into notice_link_setting (id, enabled, longest_days) values (1, true, 30);

alter table notice_preference add column links boolean default true not null;

alter table notice_outbox add column link_id bigint;
create index notice_outbox_link on notice_outbox (link_id);
-- the link of this very message was opened, by the person or by a scanner before him
alter table notice_outbox add column opened_at timestamp with time zone;
-- the receiver has looked at the case, signed in, after it was sent
alter table notice_outbox add column read_at timestamp with time zone;
-- sent once more from this one
alter table notice_outbox add column resent_from bigint;
