-- The text of a draft that another one, read from Word, took the place of: it can be brought back.
create table proposal_draft_before (
  case_number varchar(32) primary key references proposal_proposal on delete cascade,
  title text not null,
  situation text not null,
  analysis text not null,
  -- parted by U+001E, which no text keeps
  suggestions text not null,
  at timestamp with time zone not null
);
