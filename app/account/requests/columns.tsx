import type { Route } from "next";
import { Badge } from "@/components/badge";
import { ButtonLink } from "@/components/button";
import { Quoted } from "@/components/quoted";
import { Time } from "@/components/time";
import type { Actor } from "@/lib/access/actor";
import type { AccessRequest } from "@/lib/requests/queries";
import { Groups } from "../users/status";
import { Asker } from "./asker";

const person = (actor: Actor) => ({
  label: "Person",
  names: true,
  cell: (request: AccessRequest) => <Asker actor={actor} request={request} />,
});

const None = () => <span className="text-quiet">None</span>;

/** Requests that wait: who asks, since when, what for, and what they belong to. */
export const waitingColumns = (actor: Actor) => [
  person(actor),
  { label: "Note", cell: ({ note }: AccessRequest) => (note ? <Quoted short>{note}</Quoted> : <None />) },
  { label: "Groups now", cell: ({ memberOf }: AccessRequest) => <Groups names={memberOf} /> },
  { label: "Asked", cell: ({ createdAt }: AccessRequest) => <Time at={createdAt} relative /> },
  {
    label: "Decide",
    cell: ({ id, name }: AccessRequest) => (
      <ButtonLink href={pageOf(id)}>
        {/* Beside wide cells a table would rather break this word than theirs. */}
        <span className="whitespace-nowrap">Decide</span>
        <span className="sr-only"> about the request of {name}</span>
      </ButtonLink>
    ),
  },
];

// Our own address with an id in it, which the literal routes that Next knows don't have.
const pageOf = (id: string) => `/account/requests/${id}` as Route;

/** Requests that were decided: what was answered, by whom and when. */
export const decidedColumns = (actor: Actor) => [
  person(actor),
  { label: "Answer", cell: ({ decision }: AccessRequest) => decision && <Answer {...decision} /> },
  {
    label: "Decided",
    cell: ({ decision }: AccessRequest) =>
      decision && (
        <>
          <Time at={decision.at} relative />, by <bdi>{decision.by}</bdi>
        </>
      ),
  },
];

/** Whether access was given, through which groups, and what was written with it. */
export const Answer = ({ granted, groups, answer }: NonNullable<AccessRequest["decision"]>) => (
  <div className="space-y-1">
    <p className="flex flex-wrap items-center gap-x-2">
      {granted ? (
        <Badge tone="success" icon="success">
          Granted
        </Badge>
      ) : (
        <Badge icon="off">Refused</Badge>
      )}
      {granted && groups.length > 0 && <Groups names={groups} all />}
    </p>
    {answer && <Quoted short>{answer}</Quoted>}
  </div>
);
