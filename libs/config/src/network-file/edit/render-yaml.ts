/** Text that YAML reads as text without quotes, whatever version of YAML it is. */
const PLAIN = /^[A-Za-z][\w.-]*$/;
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** A value as YAML in one line. JSON is YAML; names are written without quotes, as people write them. */
export function renderInline(value: unknown): string {
  if (typeof value === 'string') return renderText(value);
  if (Array.isArray(value)) return `[${value.map(renderInline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, item]) => renderPair(key, item));
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** A key and its value in one line. */
export function renderPair(key: string, value: unknown): string {
  return `${renderText(key)}: ${renderInline(value)}`;
}

/** An entry of a list, its keys one below the other: its lines, without the indentation of the first. */
export function renderEntry(value: unknown): string[] {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  const pairs = isMapping ? Object.entries(value).map(([key, item]) => renderPair(key, item)) : [];
  if (pairs.length === 0) return [`- ${renderInline(value)}`];
  return pairs.map((pair, index) => `${index === 0 ? '- ' : '  '}${pair}`);
}

function renderText(text: string): string {
  return PLAIN.test(text) && !WORDS.test(text) ? text : JSON.stringify(text);
}
