/** What is asked of a service, below its base URL. */
export interface UpstreamRequest {
  /** Of a base URL with `{lang}`. */
  readonly lang?: string;
  readonly path: readonly string[];
  readonly search?: Readonly<Record<string, string>>;
}

/**
 * The address of a request; whatever a member typed stays within its segment. `undefined` where it cannot have one: URLs fold `.` and
 * `..` (url.spec.whatwg.org, "double-dot URL path segment"), also when they are percent-encoded, and an empty segment is another path.
 */
export function urlOf(base: string, { lang = '', path, search = {} }: UpstreamRequest): URL | undefined {
  if (path.some((segment) => /^\.{0,2}$/.test(segment))) return undefined;
  const root = base.replace('{lang}', encodeURIComponent(lang)).replace(/\/+$/, '');
  const url = new URL(`${root}/${path.map(encodeSegment).join('/')}`);
  for (const [name, value] of Object.entries(search)) url.searchParams.set(name, value.toWellFormed());
  return url;
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.toWellFormed());
}
