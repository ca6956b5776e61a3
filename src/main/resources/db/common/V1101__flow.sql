-- What the application itself deployed, one row for each process: unchanged content is not deployed again.
create table flow_deployment (
    process       varchar(100) primary key,
    hash          varchar(64) not null,
    deployment_id varchar(64) not null,
    source        varchar(100) not null,
    deployed_at   timestamp with time zone not null
);

-- Rows that two nodes lock before they do what only one may do.
create table flow_lock (
    name varchar(100) primary key
);
insert into flow_lock (name) values ('deploy');

-- Half-filled forms; step is a task id or start:<process>.
create table flow_draft (
    person   varchar(64) not null,
    step     varchar(150) not null,
    data     text not null,
    saved_at timestamp with time zone not null,
    primary key (person, step)
);
create index flow_draft_step on flow_draft (step);
