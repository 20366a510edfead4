/** The product's mark, a gate between two towers; decoration, the name stands beside it in words. */
export const Mark = ({ className = "size-7" }: { className?: string }) => (
  <svg aria-hidden="true" viewBox="2 2 20 20" className={`shrink-0 text-accent ${className}`} fill="currentColor">
    <path d="M2 4h2v2h2V4h2v5h2V7h4v2h2V4h2v2h2V4h2v17h-6v-5a4 4 0 0 0-8 0v5H2z" />
  </svg>
);
