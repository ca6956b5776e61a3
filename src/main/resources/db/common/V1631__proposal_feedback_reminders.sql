-- Who has not answered is reminded by the ladder of his deadline, like everybody who owes something.
alter table proposal_feedback drop column reminded_at;
