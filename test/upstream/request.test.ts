import assert from 'node:assert/strict';
import { test } from 'node:test';
import { urlOf } from '../../src/upstream/request.ts';
import { retryAfterMs } from '../../src/upstream/retry-after.ts';

const address = (base: string, ...path: string[]) => urlOf(base, { path })?.href;

test('whatever a member typed stays within its segment of the path', () => {
  const base = 'https://api.example/v1/';
  assert.equal(address(base, 'a', 'b'), 'https://api.example/v1/a/b');
  assert.equal(address(base, '../../admin'), 'https://api.example/v1/..%2F..%2Fadmin');
  assert.equal(address(base, '//evil.example/x'), 'https://api.example/v1/%2F%2Fevil.example%2Fx');
  assert.equal(address(base, '?q=1#top'), 'https://api.example/v1/%3Fq%3D1%23top');
  assert.equal(address(base, String.raw`\\evil`), 'https://api.example/v1/%5C%5Cevil');
  assert.equal(address(base, '%2e%2e'), 'https://api.example/v1/%252e%252e');
  assert.equal(address(base, 'tide\ud800'), 'https://api.example/v1/tide%EF%BF%BD');
  for (const nowhere of ['', '.', '..']) assert.equal(address(base, 'a', nowhere), undefined);
});

test('the language stands where the base says', () => {
  const url = urlOf('https://{lang}.wiki.example', { lang: 'de', path: ['x'], search: { a: 'ä&b' } });
  assert.equal(url?.href, 'https://de.wiki.example/x?a=%C3%A4%26b');
});

test('how long a service asks to be left alone', () => {
  const nowMs = Date.parse('2026-01-31T12:00:00Z');
  const wait = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), nowMs);
  assert.equal(wait({}), undefined);
  assert.equal(wait({ 'retry-after': '7' }), 7_000);
  assert.equal(wait({ 'retry-after': 'Sat, 31 Jan 2026 12:00:30 GMT' }), 30_000);
  assert.equal(wait({ 'retry-after': 'Sat, 31 Jan 2026 11:00:00 GMT' }), 0);
  assert.equal(wait({ 'retry-after': 'soon' }), undefined);
  assert.equal(wait({ 'retry-after': '999999999' }), 86_400_000);
  const reset = { 'x-ratelimit-reset': String(nowMs / 1_000 + 60) };
  assert.equal(wait({ ...reset, 'x-ratelimit-remaining': '0' }), 60_000);
  assert.equal(wait({ ...reset, 'x-ratelimit-remaining': '3' }), undefined);
});
