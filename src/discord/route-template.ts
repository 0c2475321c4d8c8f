/**
 * `/channels/:id/messages` of `/api/v10/channels/123/messages`: only words of Discord's own are left of a path. The token that follows
 * the id of an interaction or a webhook is as good as its owner's password.
 */
export function routeTemplate(pathname: string): string {
  const segments = pathname.replace(/^.*\/v\d+(?=\/)/, '').split('/');
  const secret = ['interactions', 'webhooks'].includes(segments[1] ?? '') ? 3 : undefined;
  return segments.map((segment, at) => (at === secret ? ':token' : shown(segment))).join('/');
}

function shown(segment: string): string {
  if (/^\d+$/.test(segment)) return ':id';
  return /^@?[a-z-]{0,24}$/.test(segment) ? segment : ':value';
}
