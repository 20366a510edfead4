declare const noun: unique symbol;
/** A uuid that can't be mistaken for another table's. */
type Id<Noun extends string> = string & { readonly [noun]: Noun };

export type UserId = Id<"user">;
export type SessionId = Id<"session">;
export type OrganizationId = Id<"organization">;
export type GroupId = Id<"group">;
export type PolicyId = Id<"policy">;
export type InvitationId = Id<"invitation">;
export type OutboxId = Id<"outbox">;
export type ChallengeId = Id<"challenge">;
export type SourceId = Id<"source">;
export type AssetId = Id<"asset">;
export type DomainId = Id<"domain">;
export type AccessRequestId = Id<"access request">;
export type SuppressionId = Id<"suppression">;
