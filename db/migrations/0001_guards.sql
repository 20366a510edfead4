-- What checks and keys can't say.

-- The audit is append-only, for everyone who comes through SQL.
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit events are append-only' using errcode = 'integrity_constraint_violation', constraint = 'audit_events_append_only';
end $$;--> statement-breakpoint
create trigger audit_events_append_only before update or delete on audit_events
  for each row execute function audit_is_append_only();--> statement-breakpoint
create trigger audit_events_no_truncate before truncate on audit_events
  for each statement execute function audit_is_append_only();--> statement-breakpoint

-- An organization has an active owner at every commit. Judged at the end of the transaction, so that an organization can be
-- made row by row; safe under races because every change holds the organization's row lock.
create function organization_keeps_an_owner() returns trigger language plpgsql as $$
declare
  organization uuid := case tg_table_name when 'organizations' then to_jsonb(new) ->> 'id' else to_jsonb(old) ->> 'organization_id' end;
begin
  if exists (select from organizations where id = organization) and not exists (
    select from groups g
      join group_members gm on gm.group_id = g.id
      join memberships m on m.organization_id = gm.organization_id and m.user_id = gm.user_id
    where g.organization_id = organization and g.built_in = 'owners' and m.deactivated_at is null
  ) then
    raise exception 'organization % would have no active owner', organization
      using errcode = 'integrity_constraint_violation', constraint = 'organizations_keep_an_owner';
  end if;
  return null;
end $$;--> statement-breakpoint
create constraint trigger organizations_keep_an_owner after insert on organizations
  deferrable initially deferred for each row execute function organization_keeps_an_owner();--> statement-breakpoint
create constraint trigger group_members_keep_an_owner after update or delete on group_members
  deferrable initially deferred for each row execute function organization_keeps_an_owner();--> statement-breakpoint
create constraint trigger memberships_keep_an_owner after update of deactivated_at or delete on memberships
  deferrable initially deferred for each row execute function organization_keeps_an_owner();--> statement-breakpoint
create constraint trigger groups_keep_an_owner after update of built_in or delete on groups
  deferrable initially deferred for each row execute function organization_keeps_an_owner();--> statement-breakpoint

-- A session of a deactivated member can't stand in that organization.
create function session_needs_active_member() returns trigger language plpgsql as $$
begin
  if new.organization_id is not null and new.ended_at is null and exists (
    select from memberships where organization_id = new.organization_id and user_id = new.user_id and deactivated_at is not null
  ) then
    raise exception 'the member is inactive' using errcode = 'integrity_constraint_violation', constraint = 'sessions_of_active_members';
  end if;
  return new;
end $$;--> statement-breakpoint
create trigger sessions_of_active_members before insert or update of organization_id on sessions
  for each row execute function session_needs_active_member();
--> statement-breakpoint

-- Every invitation that is promised by mail has the row of that very sending, or it was never promised.
create function invitation_has_its_mail() returns trigger language plpgsql as $$
begin
  if not new.link_only and not exists (
    select from outbox where invitation_id = new.id and kind = 'invitation' and send = new.sends
  ) then
    raise exception 'invitation % would have no mail', new.id
      using errcode = 'integrity_constraint_violation', constraint = 'invitations_have_their_mail';
  end if;
  return null;
end $$;--> statement-breakpoint
create constraint trigger invitations_have_their_mail after insert or update of sends, link_only on invitations
  deferrable initially deferred for each row execute function invitation_has_its_mail();
--> statement-breakpoint

-- Searching names and addresses of 100,000 members by any part takes a trigram index. Where we may not add the extension
-- the search still answers, only slower.
do $$
begin
  create extension if not exists pg_trgm;
  create index memberships_search_index on memberships using gin ((lower(name) || ' ' || email) gin_trgm_ops);
  create index invitations_search_index on invitations using gin (email gin_trgm_ops);
exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
  raise notice 'pg_trgm is not available: searching large organizations will be slower';
end $$;
--> statement-breakpoint

-- How many members an organization has. Whoever adds or removes one holds the organization's lock already.
create function count_members() returns trigger language plpgsql as $$
begin
  update organizations o set member_count = o.member_count + case tg_op when 'INSERT' then c.changed else -c.changed end
  from (select organization_id, count(*)::int as changed from changed_rows group by 1) c where o.id = c.organization_id;
  return null;
end $$;--> statement-breakpoint
create trigger memberships_are_counted after insert on memberships
  referencing new table as changed_rows for each statement execute function count_members();--> statement-breakpoint
create trigger memberships_are_counted_out after delete on memberships
  referencing old table as changed_rows for each statement execute function count_members();
