DROP INDEX "suppressions_created_index";--> statement-breakpoint
ALTER TABLE "outbox_attempts" ADD COLUMN "through" text;--> statement-breakpoint
CREATE INDEX "invitations_accepted_by_index" ON "invitations" USING btree ("organization_id","accepted_by_id") WHERE "invitations"."accepted_by_id" is not null;--> statement-breakpoint
CREATE INDEX "outbox_undelivered_index" ON "outbox" USING btree ("organization_id","created_at","id") WHERE "outbox"."state" in ('failed', 'bounced', 'complained', 'suppressed', 'unknown');--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_description_length" CHECK (char_length("groups"."description") <= 500);