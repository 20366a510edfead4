CREATE TABLE "audit_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"organization_id" uuid,
	"sequence" bigint,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"target_type" text NOT NULL,
	"target_id" uuid NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"hash" "bytea",
	CONSTRAINT "audit_events_sequence_key" UNIQUE("organization_id","sequence"),
	CONSTRAINT "audit_events_chained" CHECK (num_nonnulls("audit_events"."organization_id", "audit_events"."sequence", "audit_events"."hash") in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "challenges" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"purpose" text NOT NULL,
	"email" text NOT NULL,
	"user_id" uuid,
	"invitation_id" uuid,
	"payload" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"tries" smallint DEFAULT 0 NOT NULL,
	"used_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "challenges_purpose_known" CHECK ("challenges"."purpose" in ('sign-up', 'reset', 'join', 'sudo')),
	CONSTRAINT "challenges_tries" CHECK ("challenges"."tries" between 0 and 5),
	CONSTRAINT "challenges_used_in_time" CHECK ("challenges"."used_at" is null or "challenges"."used_at" <= "challenges"."expires_at"),
	CONSTRAINT "challenges_used_or_ended" CHECK (num_nonnulls("challenges"."used_at", "challenges"."ended_at") <= 1)
);
--> statement-breakpoint
CREATE TABLE "group_members" (
	"organization_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "group_members_pkey" PRIMARY KEY("group_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"built_in" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "groups_organization_id_key" UNIQUE("organization_id","id"),
	CONSTRAINT "groups_name_length" CHECK (char_length("groups"."name") between 1 and 64),
	CONSTRAINT "groups_built_in_known" CHECK ("groups"."built_in" = 'owners')
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"permission" text NOT NULL,
	"operation" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policies_group_right_key" UNIQUE("group_id","permission","operation"),
	CONSTRAINT "policies_operation_known" CHECK ("policies"."operation" in ('read', 'create', 'edit', 'delete'))
);
--> statement-breakpoint
CREATE TABLE "invitation_groups" (
	"organization_id" uuid NOT NULL,
	"invitation_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	CONSTRAINT "invitation_groups_pkey" PRIMARY KEY("invitation_id","group_id")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"email" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"invited_by_id" uuid NOT NULL,
	"sponsor_id" uuid NOT NULL,
	"message" text DEFAULT '' NOT NULL,
	"lifetime_days" smallint DEFAULT 7 NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"sends" smallint DEFAULT 1 NOT NULL,
	"last_sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	"link_only" boolean NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by_id" uuid,
	"accepted_through" text,
	"declined_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"revoked_by_id" uuid,
	CONSTRAINT "invitations_organization_id_key" UNIQUE("organization_id","id"),
	CONSTRAINT "invitations_email_lower_case" CHECK ("invitations"."email" = lower("invitations"."email") and length("invitations"."email") between 3 and 318),
	CONSTRAINT "invitations_lifetime" CHECK ("invitations"."lifetime_days" between 1 and 30),
	CONSTRAINT "invitations_expiry" CHECK ("invitations"."expires_at" <= "invitations"."last_sent_at" + make_interval(days => "invitations"."lifetime_days")),
	CONSTRAINT "invitations_sends" CHECK ("invitations"."sends" between 1 and 6),
	CONSTRAINT "invitations_message_length" CHECK (char_length("invitations"."message") <= 500),
	CONSTRAINT "invitations_one_end" CHECK (num_nonnulls("invitations"."accepted_at", "invitations"."declined_at", "invitations"."revoked_at") <= 1),
	CONSTRAINT "invitations_accepted_whole" CHECK (num_nonnulls("invitations"."accepted_at", "invitations"."accepted_by_id", "invitations"."accepted_through") in (0, 3) and ("invitations"."accepted_at" is null or "invitations"."accepted_at" < "invitations"."expires_at")),
	CONSTRAINT "invitations_accepted_through_known" CHECK ("invitations"."accepted_through" in ('email', 'code', 'session', 'link')),
	CONSTRAINT "invitations_revoked_by" CHECK ("invitations"."revoked_by_id" is null or "invitations"."revoked_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "invite_submissions" (
	"organization_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"content_sha256" text NOT NULL,
	"outcomes" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invite_submissions_pkey" PRIMARY KEY("organization_id","user_id","key","content_sha256")
);
--> statement-breakpoint
CREATE TABLE "limits" (
	"scope" text NOT NULL,
	"subject" text NOT NULL,
	"hits" timestamp with time zone[] NOT NULL,
	CONSTRAINT "limits_pkey" PRIMARY KEY("scope","subject")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"organization_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_active_at" timestamp with time zone,
	"deactivated_at" timestamp with time zone,
	CONSTRAINT "memberships_pkey" PRIMARY KEY("organization_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"member_count" integer DEFAULT 0 NOT NULL,
	"audit_sequence" bigint DEFAULT 0 NOT NULL,
	"audit_hash" "bytea" DEFAULT '\x'::bytea NOT NULL,
	CONSTRAINT "organizations_name_length" CHECK (char_length("organizations"."name") between 1 and 64)
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid,
	"kind" text NOT NULL,
	"to_email" text NOT NULL,
	"invitation_id" uuid,
	"send" smallint,
	"payload" jsonb NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"priority" smallint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"first_attempt_at" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"frozen" jsonb,
	"secret_fingerprint" text,
	"reason" text,
	CONSTRAINT "outbox_invitation_send_key" UNIQUE("invitation_id","kind","send"),
	CONSTRAINT "outbox_state_known" CHECK (state in ('queued', 'sending', 'sent', 'delivered', 'delayed', 'bounced', 'complained', 'failed', 'suppressed', 'cancelled', 'unknown')),
	CONSTRAINT "outbox_lease" CHECK (("outbox"."state" = 'sending') = ("outbox"."lease_until" is not null)),
	CONSTRAINT "outbox_frozen_before_sending" CHECK ("outbox"."attempts" = 0 or ("outbox"."frozen" is not null and "outbox"."first_attempt_at" is not null)),
	CONSTRAINT "outbox_send_of_invitation" CHECK (("outbox"."invitation_id" is null) = ("outbox"."send" is null)),
	CONSTRAINT "outbox_invitation_has_organization" CHECK ("outbox"."invitation_id" is null or "outbox"."organization_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "outbox_attempts" (
	"outbox_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"outcome" text,
	"http_status" integer,
	"reason" text,
	"provider_message_id" text,
	"body_sha256" text NOT NULL,
	CONSTRAINT "outbox_attempts_pkey" PRIMARY KEY("outbox_id","number"),
	CONSTRAINT "outbox_attempts_finished_whole" CHECK (("outbox_attempts"."finished_at" is null) = ("outbox_attempts"."outcome" is null))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"organization_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"opened_at" timestamp with time zone,
	"user_agent" text DEFAULT '' NOT NULL,
	"address" text DEFAULT '' NOT NULL,
	CONSTRAINT "sessions_absolute_limit" CHECK ("sessions"."expires_at" <= "sessions"."created_at" + interval '30 days')
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"email_verified_at" timestamp with time zone,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"password_changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_key" UNIQUE("email"),
	CONSTRAINT "users_id_email_name_key" UNIQUE("id","email","name"),
	CONSTRAINT "users_id_email_key" UNIQUE("id","email"),
	CONSTRAINT "users_email_lower_case" CHECK ("users"."email" = lower("users"."email") and length("users"."email") between 3 and 318),
	CONSTRAINT "users_name_length" CHECK (char_length("users"."name") between 1 and 64)
);
--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_organization_fkey" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_user_fkey" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_invitation_fkey" FOREIGN KEY ("invitation_id") REFERENCES "public"."invitations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_group_fkey" FOREIGN KEY ("organization_id","group_id") REFERENCES "public"."groups"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_membership_fkey" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."memberships"("organization_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_organization_fkey" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_group_fkey" FOREIGN KEY ("organization_id","group_id") REFERENCES "public"."groups"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation_groups" ADD CONSTRAINT "invitation_groups_invitation_fkey" FOREIGN KEY ("organization_id","invitation_id") REFERENCES "public"."invitations"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation_groups" ADD CONSTRAINT "invitation_groups_group_fkey" FOREIGN KEY ("organization_id","group_id") REFERENCES "public"."groups"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_fkey" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_fkey" FOREIGN KEY ("organization_id","invited_by_id") REFERENCES "public"."memberships"("organization_id","user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_sponsor_fkey" FOREIGN KEY ("organization_id","sponsor_id") REFERENCES "public"."memberships"("organization_id","user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_accepted_by_fkey" FOREIGN KEY ("organization_id","accepted_by_id") REFERENCES "public"."memberships"("organization_id","user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_revoked_by_fkey" FOREIGN KEY ("organization_id","revoked_by_id") REFERENCES "public"."memberships"("organization_id","user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_accepted_by_invited_fkey" FOREIGN KEY ("accepted_by_id","email") REFERENCES "public"."users"("id","email") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invite_submissions" ADD CONSTRAINT "invite_submissions_membership_fkey" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."memberships"("organization_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_fkey" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_fkey" FOREIGN KEY ("user_id","email","name") REFERENCES "public"."users"("id","email","name") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_invitation_fkey" FOREIGN KEY ("organization_id","invitation_id") REFERENCES "public"."invitations"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_organization_fkey" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox_attempts" ADD CONSTRAINT "outbox_attempts_outbox_fkey" FOREIGN KEY ("outbox_id") REFERENCES "public"."outbox"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_fkey" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_membership_fkey" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."memberships"("organization_id","user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_target_index" ON "audit_events" USING btree ("target_type","target_id");--> statement-breakpoint
CREATE INDEX "challenges_email_index" ON "challenges" USING btree ("email","purpose");--> statement-breakpoint
CREATE INDEX "group_members_member_index" ON "group_members" USING btree ("organization_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "groups_name_key" ON "groups" USING btree ("organization_id",lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "groups_built_in_key" ON "groups" USING btree ("organization_id","built_in") WHERE "groups"."built_in" is not null;--> statement-breakpoint
CREATE INDEX "invitation_groups_group_index" ON "invitation_groups" USING btree ("group_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_one_open_key" ON "invitations" USING btree ("organization_id","email") WHERE "invitations"."accepted_at" is null and "invitations"."declined_at" is null and "invitations"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "invitations_open_email_index" ON "invitations" USING btree ("organization_id","email","id") WHERE "invitations"."accepted_at" is null and "invitations"."declined_at" is null and "invitations"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "invitations_open_sent_index" ON "invitations" USING btree ("organization_id","last_sent_at","id") WHERE "invitations"."accepted_at" is null and "invitations"."declined_at" is null and "invitations"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "invitations_open_expires_index" ON "invitations" USING btree ("organization_id","expires_at","id") WHERE "invitations"."accepted_at" is null and "invitations"."declined_at" is null and "invitations"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "invitations_ended_email_index" ON "invitations" USING btree ("organization_id","email","id") WHERE "invitations"."accepted_at" is not null or "invitations"."declined_at" is not null or "invitations"."revoked_at" is not null;--> statement-breakpoint
CREATE INDEX "invitations_ended_sent_index" ON "invitations" USING btree ("organization_id","last_sent_at","id") WHERE "invitations"."accepted_at" is not null or "invitations"."declined_at" is not null or "invitations"."revoked_at" is not null;--> statement-breakpoint
CREATE INDEX "invitations_created_index" ON "invitations" USING btree ("organization_id","created_at");--> statement-breakpoint
CREATE INDEX "invitations_sponsor_index" ON "invitations" USING btree ("organization_id","sponsor_id");--> statement-breakpoint
CREATE INDEX "memberships_user_index" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "memberships_name_index" ON "memberships" USING btree ("organization_id",lower("name"),"user_id");--> statement-breakpoint
CREATE INDEX "memberships_joined_index" ON "memberships" USING btree ("organization_id","joined_at","user_id");--> statement-breakpoint
CREATE INDEX "memberships_active_index" ON "memberships" USING btree ("organization_id",coalesce("last_active_at", timestamptz '0001-01-01 00:00:00+00'),"user_id");--> statement-breakpoint
CREATE INDEX "memberships_inactive_index" ON "memberships" USING btree ("organization_id",lower("name"),"user_id") WHERE "memberships"."deactivated_at" is not null;--> statement-breakpoint
CREATE INDEX "memberships_email_index" ON "memberships" USING btree ("organization_id","email");--> statement-breakpoint
CREATE INDEX "outbox_due_index" ON "outbox" USING btree ("priority","next_attempt_at") WHERE "outbox"."state" in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "outbox_to_index" ON "outbox" USING btree ("to_email","created_at");--> statement-breakpoint
CREATE INDEX "outbox_attempts_provider_index" ON "outbox_attempts" USING btree ("provider_message_id");--> statement-breakpoint
CREATE INDEX "sessions_user_index" ON "sessions" USING btree ("user_id");