-- What a file was handed in with; who may read it depends on that. Unknown: only who handed it in.
alter table document_file add column origin varchar(120);
