-- A session of years ago is found without walking through all that came since.
create index casefile_listed_session on casefile_listed (session_id, opened, number);
