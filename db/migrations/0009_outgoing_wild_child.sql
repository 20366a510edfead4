CREATE TABLE "blocks" (
	"email" text NOT NULL,
	"organization_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "blocks_email_organization_key" UNIQUE NULLS NOT DISTINCT("email","organization_id")
);
--> statement-breakpoint
CREATE TABLE "mail_events" (
	"id" text PRIMARY KEY NOT NULL,
	"message_id" text NOT NULL,
	"outbox_id" uuid,
	"kind" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"reason" text,
	"permanent" boolean DEFAULT false NOT NULL,
	CONSTRAINT "mail_events_kind_known" CHECK (kind in ('sent', 'delayed', 'delivered', 'bounced', 'complained', 'failed', 'suppressed'))
);
--> statement-breakpoint
CREATE TABLE "mail_flow" (
	"transport" text PRIMARY KEY NOT NULL,
	"quiet_until" timestamp with time zone,
	"paused_since" timestamp with time zone,
	"paused_reason" text,
	"rate_limit" integer,
	"rate_seconds" integer,
	"next_slot_at" timestamp with time zone,
	CONSTRAINT "mail_flow_transport_known" CHECK ("mail_flow"."transport" in ('resend', 'smtp')),
	CONSTRAINT "mail_flow_paused_whole" CHECK (num_nonnulls("mail_flow"."paused_since", "mail_flow"."paused_reason") in (0, 2)),
	CONSTRAINT "mail_flow_rate" CHECK (num_nonnulls("mail_flow"."rate_limit", "mail_flow"."rate_seconds") in (0, 2) and coalesce(least("mail_flow"."rate_limit", "mail_flow"."rate_seconds"), 1) > 0)
);
--> statement-breakpoint
CREATE TABLE "suppressions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"email" text NOT NULL,
	"because" text NOT NULL,
	"reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lifted_at" timestamp with time zone,
	"lifted_by_id" uuid,
	CONSTRAINT "suppressions_because_known" CHECK ("suppressions"."because" in ('bounced', 'complained')),
	CONSTRAINT "suppressions_lifted_whole" CHECK (num_nonnulls("suppressions"."lifted_at", "suppressions"."lifted_by_id") in (0, 2))
);
--> statement-breakpoint
DROP INDEX "outbox_due_index";--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "reminded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "told_of_expiry" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "to_mailbox" text GENERATED ALWAYS AS (case when split_part(to_email, '@', 2) in ('gmail.com', 'googlemail.com')
  then replace(split_part(split_part(to_email, '@', 1), '+', 1), '.', '') || '@gmail.com' else split_part(split_part(to_email, '@', 1), '+', 1) || '@' || split_part(to_email, '@', 2) end) STORED;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "turn" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "last_attempt_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "hears_of_invites" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "blocks" ADD CONSTRAINT "blocks_organization_fkey" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_events" ADD CONSTRAINT "mail_events_outbox_fkey" FOREIGN KEY ("outbox_id") REFERENCES "public"."outbox"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suppressions" ADD CONSTRAINT "suppressions_organization_fkey" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suppressions" ADD CONSTRAINT "suppressions_lifted_by_fkey" FOREIGN KEY ("organization_id","lifted_by_id") REFERENCES "public"."memberships"("organization_id","user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mail_events_message_index" ON "mail_events" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "mail_events_outbox_index" ON "mail_events" USING btree ("outbox_id");--> statement-breakpoint
CREATE UNIQUE INDEX "suppressions_one_standing_key" ON "suppressions" USING btree ("organization_id","email") WHERE "suppressions"."lifted_at" is null;--> statement-breakpoint
CREATE INDEX "suppressions_created_index" ON "suppressions" USING btree ("organization_id","created_at");--> statement-breakpoint
CREATE INDEX "invitations_expiring_index" ON "invitations" USING btree ("expires_at") WHERE "invitations"."accepted_at" is null and "invitations"."declined_at" is null and "invitations"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "outbox_turn_index" ON "outbox" USING btree ("organization_id","turn") WHERE "outbox"."state" in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "outbox_mailbox_index" ON "outbox" USING btree ("to_mailbox","first_attempt_at") WHERE "outbox"."kind" in ('invitation', 'reminder');--> statement-breakpoint
CREATE INDEX "outbox_due_index" ON "outbox" USING btree ("priority","turn","created_at","id") WHERE "outbox"."state" in ('queued', 'sending');--> statement-breakpoint
UPDATE "invitations" SET "told_of_expiry" = "expires_at" WHERE "expires_at" <= now();
