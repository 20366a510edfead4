/** Said to whoever invites people into no group (SPEC section 4). */
export const intoNoGroup = "New users can't see any sources or domains until a group gives them access.";
