import assert from 'node:assert/strict';
import { test } from 'node:test';
import { routeTemplate } from '../../src/discord/route-template.ts';

const id = '1234567890123456789';

test('of a path only words of Discord’s own are left', () => {
  for (const [path, template] of [
    [`/api/v10/interactions/${id}/abcdefgh/callback`, '/interactions/:id/:token/callback'],
    [`/api/v10/webhooks/${id}/abcdefgh/messages/@original`, '/webhooks/:id/:token/messages/@original'],
    [
      `/api/v10/channels/${id}/messages/${id}/reactions/%F0%9F%90%9F/@me`,
      '/channels/:id/messages/:id/reactions/:value/@me',
    ],
    ['/v10/gateway/bot', '/gateway/bot'],
  ] as const)
    assert.equal(routeTemplate(path), template);
});
