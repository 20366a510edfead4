import { redirect } from "next/navigation";
import { ButtonLink } from "@/components/button";
import { Mark } from "@/components/mark";
import { viewer } from "@/lib/access/viewer";
import { signUpOpen } from "@/lib/auth/sign-up";

export default async function HomePage() {
  if (await viewer()) redirect("/sources");
  const open = await signUpOpen();
  return (
    <main id="main" tabIndex={-1} className="mx-auto w-full max-w-6xl grow px-4 pt-10 pb-12 sm:px-6 sm:pt-[14vh]">
      <Mark className="size-12" />
      <h1 className="mt-6 max-w-[18ch] text-4xl leading-[1.15] sm:text-5xl sm:leading-[1.1]">
        Say who may come in, and what they may see.
      </h1>
      <p className="mt-5 max-w-[58ch] text-lg leading-7 text-quiet">
        Gatehouse is where your organization keeps its people: who is in it, and what each of them may do. Invite
        someone by email, and they join with a link made for them alone.
      </p>
      <div className="mt-8 flex flex-wrap gap-3">
        <ButtonLink href="/signin" tone="main">
          Sign in
        </ButtonLink>
        {open && <ButtonLink href="/signup">Create organization</ButtonLink>}
      </div>
      <div className="battlement mt-14" />
      <dl className="mt-8 grid gap-x-10 gap-y-6 sm:grid-cols-3">
        {promises.map(([title, words]) => (
          <div key={title}>
            <dt className="font-semibold">{title}</dt>
            <dd className="mt-1 text-quiet">{words}</dd>
          </div>
        ))}
      </dl>
    </main>
  );
}

const promises = [
  ["An invite is for one person", "It is bound to one address, works once, and ends on the day it says."],
  ["Nobody hands out more than they hold", "Whoever invites can only pass on rights that are theirs at that moment."],
  ["Every change is on record", "Who did what to whom, and when, is written down together with the change itself."],
] as const;
