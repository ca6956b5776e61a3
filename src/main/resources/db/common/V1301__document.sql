-- Files: the bytes lie once in the folder under their digest, each upload is a row.
create table document_file (
    id          varchar(36) primary key,
    case_number varchar(40),
    step        varchar(200),                          -- null once it was handed in and belongs to the case alone
    name        varchar(200)             not null,
    media_type  varchar(120)             not null,     -- by content
    bytes       bigint                   not null,
    sha256      varchar(64)              not null,
    person_id   varchar(64)              not null,
    person_name varchar(200)             not null,     -- of that day
    at          timestamp with time zone not null
);
create index document_file_case on document_file (case_number, at);
create index document_file_step on document_file (step, person_id);
create index document_file_sha256 on document_file (sha256);
