import "server-only";
import { db } from "@/db/client";
import type { Viewer } from "@/lib/access/actor";
import { clientAddress } from "@/lib/http/exchange";
import { hit, type Limit, originOf } from "@/lib/limits/limits";
import { mailIsConfigured } from "@/lib/outbox";
import type { Opened } from "./accept";
import { mailedOffer, readBlock, type Source } from "./block";
import { type OfferShown, readOffer } from "./queries";
import { type JoinState, joinStateOf, proofOf } from "./rules";
import { readToken } from "./token";

/** SPEC section 10: links that aren't genuine, by address of origin. A genuine link is always answered. */
const badLinks: Limit = { scope: "bad-join-link", max: 30, seconds: 60 };

type Bad = { state: "unknown" } | { state: "limited"; until: Date };
export type LinkOpened = Bad | { state: JoinState; offer: OfferShown; link: Opened };

/** What a join link opens for this viewer; counts links that aren't genuine, and changes nothing else. */
export const openLink = async (token: string, viewer: Viewer | null): Promise<LinkOpened> => {
  const genuine = readToken(token);
  const offer = genuine && (await readOffer(genuine.id));
  if (!genuine || !offer) return countBad();
  return { state: joinStateOf(offer, viewer, proofOf(genuine.channel, mailIsConfigured())), offer, link: genuine };
};

export type BlockOpened = Bad | { state: Source | "allowed"; offer: OfferShown };

/** What the link to stop invitations opens; counts links that weren't mailed by us, and changes nothing else. */
export const openBlock = async (token: string): Promise<BlockOpened> => {
  const offer = await mailedOffer(token);
  return offer ? { state: (await readBlock(offer)) ?? "allowed", offer } : countBad();
};

const countBad = async (): Promise<Bad> => {
  const until = await hit(db(), badLinks, originOf(clientAddress()));
  return until ? { state: "limited", until } : { state: "unknown" };
};
