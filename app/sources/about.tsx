import { Tags } from "./tags";

/** What people say of a source. */
export const About = ({ description, tags }: { description: string; tags: readonly string[] }) => (
  <div className="space-y-2 empty:hidden">
    {description && (
      <p dir="auto" className="whitespace-pre-line">
        {description}
      </p>
    )}
    <Tags tags={tags} />
  </div>
);
