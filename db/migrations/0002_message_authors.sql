ALTER TABLE "invitations" ADD COLUMN "message_by_id" uuid;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_message_by_fkey" FOREIGN KEY ("organization_id","message_by_id") REFERENCES "public"."memberships"("organization_id","user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- A message was always typed in the invite form, and the audit knows who sent that form last.
update invitations i set message_by_id = wrote.actor_id
from (
  select distinct on (target_id) target_id, actor_id from audit_events
  where target_type = 'invitation' and action in ('invitation.created', 'invitation.renewed')
  order by target_id, sequence desc
) wrote
where wrote.target_id = i.id;
