-- 大字: who reads with larger letters. A row is there or not; nothing of the case work hangs on it.
create table people_large_text (
  person_id varchar(64) not null primary key references people_person (id)
);
