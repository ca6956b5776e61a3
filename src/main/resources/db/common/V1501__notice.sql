-- What is to be told to people: written in the transaction of the use case, delivered at least once after it.
create table notice_outbox (
    id bigint generated always as identity primary key,
    notice_key varchar(300) not null,
    channel varchar(20) not null check (channel in ('mail', 'sms', 'webhook')),
    template varchar(60) not null,
    person_id varchar(100) not null,
    person_name varchar(200) not null,
    -- mail address or telephone of the day it was written; null: none was known
    address varchar(320),
    subject varchar(300) not null,
    text_body text not null,
    html_body text,
    case_number varchar(40),
    state varchar(16) not null check (state in ('pending', 'sent', 'dead', 'undeliverable')),
    attempts integer not null,
    next_at timestamp with time zone not null,
    last_error text,
    -- given once and never changed, so that a receiver can recognise a second delivery
    message_id varchar(200) not null,
    -- how it left: mailbox (kept here only), smtp, file
    sent_by varchar(20),
    created_at timestamp with time zone not null,
    sent_at timestamp with time zone,
    unique (notice_key, channel)
);

create index notice_outbox_next on notice_outbox (state, next_at);
create index notice_outbox_case on notice_outbox (case_number);
