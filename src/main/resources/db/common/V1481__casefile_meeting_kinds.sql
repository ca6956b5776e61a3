-- Every kind of meeting is one of the whole house; the panel of one authority is none.
delete from casefile_meeting_quorum where kind = 'casePanel';
