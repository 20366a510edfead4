import { Notice } from "@/components/notice";

/** Said where invites are made on a server without mail. */
export const LinksOnly = () => (
  <Notice tone="warning">
    <p>
      No mail is configured on this server, so nothing is sent. You get a link for each person, to pass on yourself.
    </p>
  </Notice>
);
