/** An address in one piece; where a line is too short for it, it breaks after its `@`, and elsewhere only if it must. */
export const EmailAddress = ({ children }: { children: string }) => {
  const end = children.lastIndexOf("@") + 1;
  return (
    // A block inside a line draws its own underline, or a link of it would have none.
    <span dir="ltr" className="inline-block max-w-full wrap-anywhere [text-decoration:inherit]">
      {children.slice(0, end)}
      <wbr />
      {children.slice(end)}
    </span>
  );
};
