-- Rows that are locked by who does what must not be done twice at once; the number says how often.
create table paper_turn (
    name        varchar(100) primary key,
    last_number integer      not null
);

-- A file of a case is asked which paper it is a text of.
create index paper_file_document on paper_file (document_id);
