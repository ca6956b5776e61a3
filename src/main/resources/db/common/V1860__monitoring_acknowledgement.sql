-- 接警 is what happens to an episode, too: who has seen it stands beside what was found. Null: nobody, it was found by judging.
alter table monitoring_episode_change add column person_id varchar(64);
alter table monitoring_episode_change add column person_name varchar(200);
