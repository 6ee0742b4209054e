/**
 * The picture of the product, as in `public/favicon.svg` and `index.html` (a test compares them). Inline, for an `<img>` of an
 * SVG is a document of its own: docs/dashboard.md.
 */
export function BrandMark() {
  return (
    <svg viewBox="0 0 32 32" width="20" height="20" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#16324f" />
      <g stroke="#8fb8de" strokeWidth="2">
        <path d="M16 9 8.5 22M16 9l7.5 13M8.5 22h15" />
      </g>
      <g fill="#fff">
        <circle cx="16" cy="9" r="4" />
        <circle cx="8.5" cy="22" r="4" />
        <circle cx="23.5" cy="22" r="4" />
      </g>
    </svg>
  );
}
