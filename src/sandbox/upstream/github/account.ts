import { chanceOf, isMissing, pastMoment, pickSome, wholeBetween } from '../invention.ts';
import { pick } from '../../world/random.ts';
import { isoSeconds, nodeId } from './ids.ts';

const places = ['Lisbon', 'Kraków', 'Nagoya', 'Montréal', 'Nairobi', 'Leipzig'] as const;
const interests = ['databases', 'compilers', 'maps', 'music', 'small tools', 'type systems'] as const;

/** A login has letters, digits and single hyphens, 39 at most (GitHub's sign-up form). */
export function accountExists(login: string): boolean {
  return /^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}$/i.test(login) && !isMissing(login);
}

/** What other resources carry of a user or organization. */
export function accountSummary(seed: number, login: string) {
  const random = chanceOf(seed, 'github', login.toLowerCase());
  const id = wholeBetween(random, 1_000, 90_000_000);
  const isOrganization = random() < 0.3;
  const api = `https://api.github.com/users/${login}`;
  return {
    login,
    id,
    node_id: nodeId(isOrganization ? 'Organization' : 'User', id),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url: api,
    html_url: `https://github.com/${login}`,
    followers_url: `${api}/followers`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    type: isOrganization ? 'Organization' : 'User',
    user_view_type: 'public',
    site_admin: false,
  };
}

/** `GET /users/{username}` */
export function account(seed: number, login: string): object {
  const random = chanceOf(seed, 'github account', login.toLowerCase());
  const [first = '', ...rest] = login.split('-');
  const name = [first, ...rest].map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
  return {
    ...accountSummary(seed, login),
    name: random() < 0.9 ? name : null,
    company: random() < 0.3 ? '@reef-works' : null,
    blog: random() < 0.5 ? `https://${login.toLowerCase()}.example` : '',
    location: random() < 0.7 ? pick(random, places) : null,
    email: null,
    hireable: null,
    bio: random() < 0.7 ? `Mostly ${pickSome(random, interests, 2).join(' and ')}.` : null,
    twitter_username: null,
    public_repos: wholeBetween(random, 0, 120),
    public_gists: wholeBetween(random, 0, 30),
    followers: wholeBetween(random, 0, 5_000),
    following: wholeBetween(random, 0, 200),
    created_at: isoSeconds(pastMoment(random)),
    updated_at: '2025-06-01T08:00:00Z',
  };
}
