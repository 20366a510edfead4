import { ButtonLink } from "@/components/button";
import { AnyOf } from "@/components/people";
import { Time } from "@/components/time";
import type { Actor } from "@/lib/access/actor";
import { nameOf } from "@/lib/access/catalogue";
import type { Help } from "@/lib/help/queries";
import { LinksOnly } from "../account/users/invite/links-only";
import { intoNoGroup } from "../account/users/no-group";

type Props = Pick<Help, "inviting" | "mail"> & { actor: Actor };

/** "I can't invite anyone": which right is missing, who can grant it and who can invite meanwhile; or that they can, and where. */
export const CantInvite = ({ actor, inviting, mail }: Props) => {
  if (!inviting.may)
    return (
      <>
        <p>
          You need <strong>{nameOf("access.create")}</strong>. Ask an Owner: <AnyOf people={inviting.owners} />.
        </p>
        {inviting.others.length > 0 && (
          <p>
            Or let somebody invite who can already: <AnyOf people={inviting.others} />.
          </p>
        )}
        <p>
          <a href="/account/access#ask">Request access</a>
        </p>
      </>
    );
  return (
    <>
      {inviting.until ? (
        <p>
          You may, but your organization has made as many invites as it can for now. The next one is free{" "}
          <Time at={inviting.until} relative />.
        </p>
      ) : (
        <p>
          You can: you hold <strong>{nameOf("access.create")}</strong>.
        </p>
      )}
      {mail.kind === "off" && <LinksOnly />}
      {!actor.rights.has("groups.edit") && (
        <p>
          Putting people into groups takes <strong>{nameOf("groups.edit")}</strong>. {intoNoGroup}
        </p>
      )}
      <ButtonLink href="/account/users/invite">Invite Users</ButtonLink>
    </>
  );
};
