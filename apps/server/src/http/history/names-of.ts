/** `a,b` and `a` given beside `b` are the same; each counts once. What is no text is left for the checks to refuse. */
export function namesOf(value: unknown): unknown[] {
  const given: unknown[] = Array.isArray(value) ? value : [value];
  return [
    ...new Set(given.flatMap(one => (typeof one === 'string' ? one.split(',').filter(name => name !== '') : [one]))),
  ];
}
