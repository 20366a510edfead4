/** An address that goes on in a new line after its `@` when it doesn't fit, and elsewhere only if it must. */
export const EmailAddress = ({ children }: { children: string }) => {
  const [local, domain] = children.split(/(?<=@)/);
  return (
    <span dir="ltr" className="wrap-anywhere">
      {local}
      <wbr />
      {domain}
    </span>
  );
};
