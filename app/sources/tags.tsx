import { Badge } from "@/components/badge";

export const Tags = ({ tags }: { tags: readonly string[] }) =>
  tags.length > 0 && (
    <ul aria-label="Tags" className="flex flex-wrap gap-1.5">
      {tags.map((tag) => (
        <li key={tag} className="max-w-full">
          <Badge>
            <span dir="auto" className="whitespace-normal wrap-anywhere">
              {tag}
            </span>
          </Badge>
        </li>
      ))}
    </ul>
  );
