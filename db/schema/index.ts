export * from "./audit";
export * from "./challenges";
export * from "./groups";
export * from "./invitations";
export * from "./limits";
export * from "./organizations";
export * from "./outbox";
export * from "./people";
