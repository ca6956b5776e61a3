create table test_answer (step varchar(200), case_number varchar(100), person varchar(64), for_whom varchar(100), form varchar(100), json text);
create table test_event (what varchar(20), task_id varchar(64), task varchar(100), case_number varchar(100), person varchar(64), for_whom varchar(100), assignee varchar(64), groups_ varchar(200), due timestamp with time zone, first_ boolean, definition varchar(100));
create table test_note (text text);
create table test_audit (action varchar(100), case_number varchar(100), detail varchar(500));
