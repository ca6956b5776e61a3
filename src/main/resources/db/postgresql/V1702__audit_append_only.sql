-- The application's own mistakes cannot change the record either. H2 has no trigger without a Java class; it is not for production.
create function base_audit_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'base_audit is append-only';
end
$$;
create trigger base_audit_append_only before update or delete on base_audit for each row execute function base_audit_refuse();
create trigger base_audit_no_truncate before truncate on base_audit for each statement execute function base_audit_refuse();
