/** What the sandbox refused, in its own words. */
export class Refused extends Error {}

/**
 * Reads from the control API, which `/sandbox/openapi.json` describes.
 * @template T
 * @param {string} path below `/sandbox`
 * @param {Record<string, string | number | undefined>} [query]
 * @returns {Promise<T>}
 */
export function read(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return request(given.length > 0 ? `${path}?${search.toString()}` : path, { method: 'GET' });
}

/**
 * @template T
 * @param {string} path below `/sandbox`
 * @param {object} body
 * @param {'POST' | 'DELETE'} [method]
 * @returns {Promise<T>}
 */
export function send(path, body, method = 'POST') {
  return request(path, {
    method,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
}

/**
 * @param {string} path
 * @param {RequestInit} init
 */
async function request(path, init) {
  const response = await fetch(`/sandbox${path}`, init).catch(() => {
    throw new Refused('the sandbox does not answer: is it still running?');
  });
  const answer = await response.json();
  if (response.ok) return answer;
  throw new Refused(answer.error ?? `the sandbox answered ${response.status}`);
}
