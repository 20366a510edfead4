CREATE TABLE "domain_assets" (
	"organization_id" uuid NOT NULL,
	"domain_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"asset_id" uuid NOT NULL,
	CONSTRAINT "domain_assets_pkey" PRIMARY KEY("domain_id","asset_id")
);
--> statement-breakpoint
CREATE TABLE "domains" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "domains_organization_id_key" UNIQUE("organization_id","id"),
	CONSTRAINT "domains_name_length" CHECK (char_length("domains"."name") between 1 and 64),
	CONSTRAINT "domains_description_length" CHECK (char_length("domains"."description") <= 500)
);
--> statement-breakpoint
CREATE TABLE "access_requests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by_id" uuid,
	"granted" boolean,
	"answer" text DEFAULT '' NOT NULL,
	CONSTRAINT "access_requests_note_length" CHECK (char_length("access_requests"."note") <= 500),
	CONSTRAINT "access_requests_answer_length" CHECK (char_length("access_requests"."answer") <= 500),
	CONSTRAINT "access_requests_decided_whole" CHECK (num_nonnulls("access_requests"."decided_at", "access_requests"."decided_by_id", "access_requests"."granted") in (0, 3) and ("access_requests"."decided_at" is not null or "access_requests"."answer" = ''))
);
--> statement-breakpoint
CREATE TABLE "assets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"schema_id" uuid,
	"name" text NOT NULL,
	"relation" text,
	"columns" jsonb,
	"description" text DEFAULT '' NOT NULL,
	"tags" text[] DEFAULT '{}'::text[] NOT NULL,
	"missing_since" timestamp with time zone,
	CONSTRAINT "assets_source_id_key" UNIQUE("organization_id","source_id","id"),
	CONSTRAINT "assets_name_key" UNIQUE NULLS NOT DISTINCT("source_id","schema_id","name"),
	CONSTRAINT "assets_name_length" CHECK (char_length("assets"."name") between 1 and 255),
	CONSTRAINT "assets_description_length" CHECK (char_length("assets"."description") <= 500),
	CONSTRAINT "assets_tags_count" CHECK (cardinality("assets"."tags") <= 20),
	CONSTRAINT "assets_kind_known" CHECK ("assets"."kind" in ('schema', 'table')),
	CONSTRAINT "assets_relation_known" CHECK ("assets"."relation" in ('table', 'view', 'materialized view', 'foreign table', 'partitioned table')),
	CONSTRAINT "assets_table_whole" CHECK (num_nonnulls("assets"."schema_id", "assets"."relation", "assets"."columns") = case "assets"."kind" when 'table' then 3 else 0 end)
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"host" text NOT NULL,
	"port" integer NOT NULL,
	"database" text NOT NULL,
	"username" text NOT NULL,
	"credential" "bytea" NOT NULL,
	"data_key" "bytea" NOT NULL,
	"key_fingerprint" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"tags" text[] DEFAULT '{}'::text[] NOT NULL,
	"disabled_at" timestamp with time zone,
	"refreshed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sources_organization_id_key" UNIQUE("organization_id","id"),
	CONSTRAINT "sources_name_length" CHECK (char_length("sources"."name") between 1 and 64),
	CONSTRAINT "sources_description_length" CHECK (char_length("sources"."description") <= 500),
	CONSTRAINT "sources_tags_count" CHECK (cardinality("sources"."tags") <= 20),
	CONSTRAINT "sources_kind_known" CHECK ("sources"."kind" = 'postgresql'),
	CONSTRAINT "sources_port" CHECK ("sources"."port" between 1 and 65535)
);
--> statement-breakpoint
ALTER TABLE "policies" DROP CONSTRAINT "policies_group_right_key";--> statement-breakpoint
ALTER TABLE "policies" ADD COLUMN "source_id" uuid;--> statement-breakpoint
ALTER TABLE "policies" ADD COLUMN "asset_id" uuid;--> statement-breakpoint
ALTER TABLE "policies" ADD COLUMN "domain_id" uuid;--> statement-breakpoint
ALTER TABLE "domain_assets" ADD CONSTRAINT "domain_assets_domain_fkey" FOREIGN KEY ("organization_id","domain_id") REFERENCES "public"."domains"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "domain_assets" ADD CONSTRAINT "domain_assets_asset_fkey" FOREIGN KEY ("organization_id","source_id","asset_id") REFERENCES "public"."assets"("organization_id","source_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "domains" ADD CONSTRAINT "domains_organization_fkey" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_requests" ADD CONSTRAINT "access_requests_membership_fkey" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."memberships"("organization_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_requests" ADD CONSTRAINT "access_requests_decided_by_fkey" FOREIGN KEY ("organization_id","decided_by_id") REFERENCES "public"."memberships"("organization_id","user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_source_fkey" FOREIGN KEY ("organization_id","source_id") REFERENCES "public"."sources"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_schema_fkey" FOREIGN KEY ("organization_id","source_id","schema_id") REFERENCES "public"."assets"("organization_id","source_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_organization_fkey" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "domain_assets_asset_index" ON "domain_assets" USING btree ("source_id","asset_id");--> statement-breakpoint
CREATE UNIQUE INDEX "domains_name_key" ON "domains" USING btree ("organization_id",lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "access_requests_one_open_key" ON "access_requests" USING btree ("organization_id","user_id") WHERE "access_requests"."decided_at" is null;--> statement-breakpoint
CREATE INDEX "access_requests_created_index" ON "access_requests" USING btree ("organization_id","created_at");--> statement-breakpoint
CREATE INDEX "access_requests_member_index" ON "access_requests" USING btree ("organization_id","user_id");--> statement-breakpoint
CREATE INDEX "access_requests_decided_by_index" ON "access_requests" USING btree ("organization_id","decided_by_id");--> statement-breakpoint
CREATE INDEX "assets_schema_index" ON "assets" USING btree ("schema_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sources_name_key" ON "sources" USING btree ("organization_id",lower("name"));--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_source_fkey" FOREIGN KEY ("organization_id","source_id") REFERENCES "public"."sources"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_asset_fkey" FOREIGN KEY ("organization_id","source_id","asset_id") REFERENCES "public"."assets"("organization_id","source_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_domain_fkey" FOREIGN KEY ("organization_id","domain_id") REFERENCES "public"."domains"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "policies_source_index" ON "policies" USING btree ("source_id","asset_id") WHERE "policies"."source_id" is not null;--> statement-breakpoint
CREATE INDEX "policies_domain_index" ON "policies" USING btree ("domain_id") WHERE "policies"."domain_id" is not null;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_right_key" UNIQUE NULLS NOT DISTINCT("group_id","permission","operation","source_id","asset_id","domain_id");--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_resource_fits" CHECK (case "policies"."permission"
        when 'source' then "policies"."source_id" is not null and num_nonnulls("policies"."asset_id", "policies"."domain_id") = 0
        when 'assets' then "policies"."source_id" is not null and "policies"."domain_id" is null
        when 'domain' then "policies"."domain_id" is not null and num_nonnulls("policies"."source_id", "policies"."asset_id") = 0
        else num_nonnulls("policies"."source_id", "policies"."asset_id", "policies"."domain_id") = 0 end);--> statement-breakpoint

-- Searching 10,000 tables by any part of their name takes a trigram index, as for people.
do $$
begin
  create index assets_search_index on assets using gin (lower(name) gin_trgm_ops);
exception when undefined_object then
  raise notice 'pg_trgm is not available: searching large sources will be slower';
end $$;
