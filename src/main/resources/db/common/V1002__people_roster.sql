-- What a roster of 355 members needs: since when somebody is in office, and a way to find names by their letters.
alter table people_member add column in_office_since date;
-- Initials and whole syllables of the name, "bxl baoxiaolan"; null: to be computed at the next search.
alter table people_member add column pinyin varchar(500);
alter table people_person add column pinyin varchar(500);
alter table people_person add column last_sign_in_at timestamp with time zone;
