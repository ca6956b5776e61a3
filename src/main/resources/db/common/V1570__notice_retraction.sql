-- What an act that can still be retracted has to tell: it waits until that time is over, and is gone with the act.
alter table notice_outbox add column retraction_id varchar(36);
create index notice_outbox_retraction on notice_outbox (retraction_id);
