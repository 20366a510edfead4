/** Somebody's own words, as they typed them, line by line. `short` shows the first few lines. */
export const Quoted = ({ children, short = false }: { children: string; short?: boolean }) => (
  <blockquote
    dir="auto"
    className={`max-w-[65ch] border-l-3 border-line pl-3 whitespace-pre-line wrap-anywhere ${short ? "line-clamp-4" : ""}`}
  >
    {children}
  </blockquote>
);
