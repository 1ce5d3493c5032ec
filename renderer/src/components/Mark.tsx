/** The gate: Gatehouse's mark. Decorative; the name stands beside it. */
export function Mark({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#3556c9" />
      <g fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round">
        <path d="M8 25V13.5a8 8 0 0 1 16 0V25" />
        <path d="M16 14v11M12 25h8" />
      </g>
    </svg>
  );
}
