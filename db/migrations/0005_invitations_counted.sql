-- How many invitations an organization has ever made. Whoever adds one holds the organization's lock already; a build that
-- doesn't know of this count may be adding some right now, so they wait until it is right, in the order they all lock.
lock table organizations in share row exclusive mode;--> statement-breakpoint
create function count_invitations() returns trigger language plpgsql as $$
begin
  update organizations o set invitation_count = o.invitation_count + case tg_op when 'INSERT' then c.changed else -c.changed end
  from (select organization_id, count(*)::int as changed from changed_rows group by 1) c where o.id = c.organization_id;
  return null;
end $$;--> statement-breakpoint
create trigger invitations_are_counted after insert on invitations
  referencing new table as changed_rows for each statement execute function count_invitations();--> statement-breakpoint
create trigger invitations_are_counted_out after delete on invitations
  referencing old table as changed_rows for each statement execute function count_invitations();--> statement-breakpoint
update organizations o set invitation_count = c.made
from (select organization_id, count(*)::int as made from invitations group by 1) c where o.id = c.organization_id;
