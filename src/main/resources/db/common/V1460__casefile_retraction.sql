-- What a person did in the last minutes and whether it can be retracted (撤回). Rows that were not retracted are swept away soon.
create table casefile_retraction (
    id           varchar(36) primary key,
    case_number  varchar(40)              not null references casefile_case,
    -- of the answered task; null for an act that is no step
    process      varchar(100),
    task         varchar(100),
    task_id      varchar(64),
    instance_id  varchar(64),
    name         varchar(255)             not null,
    person       varchar(64)              not null,
    -- the absent person it was done for
    stood_for    varchar(64),
    -- who held the task
    holder       varchar(64),
    told_as      varchar(200)             not null,
    at           timestamp with time zone not null,
    -- the first moment at which it is too late
    until        timestamp with time zone not null,
    -- why it cannot be retracted, as a sentence; null: it can
    why          varchar(400),
    -- how everything stood before; gone when nobody needs it any more
    noted        text,
    retracted_at timestamp with time zone
);
create index casefile_retraction_person on casefile_retraction (person, at);
create index casefile_retraction_case on casefile_retraction (case_number, at);

-- The tasks an answer offered, and who first opened the form of one.
create table casefile_retraction_offer (
    task_id       varchar(64) primary key,
    retraction_id varchar(36)           not null references casefile_retraction on delete cascade,
    sender        varchar(64)           not null,
    name          varchar(255)          not null,
    assignee      varchar(64),
    opened_at     timestamp with time zone,
    opened_by     varchar(64),
    retracted     boolean default false not null
);
create index casefile_retraction_offer_of on casefile_retraction_offer (retraction_id);

-- An answer that was retracted stays as it was given and counts no more.
alter table casefile_step_answer add column retracted_at timestamp with time zone;
alter table casefile_step_answer add column retracted_by_name varchar(420);

insert into casefile_sweep (name, at) values ('retraction', null);
