/** Names come from URLs. What is stored holds no NUL, and PostgreSQL refuses to compare with one. */
export function withoutNul(name: string): string {
  return name.replaceAll('\0', '\uFFFD');
}
