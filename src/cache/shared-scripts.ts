import { defineScript } from '../redis/script.ts';

const storeUnlessOlder = `
local function store(key, version, entry, ttl)
  local current = redis.call('GET', key)
  local newest = current and tonumber(string.match(current, '^%d+:(%d+):'))
  if newest and newest > tonumber(version) then return false end
  redis.call('SET', key, entry, 'PX', ttl)
  return true
end
`;

/**
 * KEYS entries. Returns text and milliseconds left of each. What is left is asked of Redis, 13 µs more than GET alone,
 * so that no host's clock decides how long an entry is fresh.
 */
export const readEntries = defineScript(`
local found = {}
for i, key in ipairs(KEYS) do
  found[2 * i - 1] = redis.call('GET', key)
  found[2 * i] = redis.call('PTTL', key)
end
return found`);

/**
 * KEYS entry, lease of each; ARGV token, ttl, then what was left of each entry when it was read (-2: there was none).
 * More is left of one that was filled since: what its lease is wanted for is done. Returns the positions of those taken.
 */
export const takeLeases = defineScript(`
local taken = {}
for i = 1, #KEYS / 2 do
  local filled = redis.call('PTTL', KEYS[2 * i - 1]) > tonumber(ARGV[2 + i])
  if not filled and redis.call('SET', KEYS[2 * i], ARGV[1], 'PX', ARGV[2], 'NX') then taken[#taken + 1] = i end
end
return taken`);

/** KEYS leases; ARGV token. */
export const dropLeases = defineScript(`
for _, lease in ipairs(KEYS) do
  if redis.call('GET', lease) == ARGV[1] then redis.call('DEL', lease) end
end
return 1`);

/** KEYS entry, lease of each; ARGV token, then version, entry, ttl of each. */
export const fillEntries = defineScript(`
${storeUnlessOlder}
for i = 1, #KEYS / 2 do
  local lease = KEYS[2 * i]
  if redis.call('GET', lease) == ARGV[1] then
    redis.call('DEL', lease)
    store(KEYS[2 * i - 1], ARGV[3 * i - 1], ARGV[3 * i], ARGV[3 * i + 1])
  end
end
return 1`);

/** KEYS entry, lease; ARGV version, entry, ttl, channel, message. Voids the lease: a load that began before this write may not fill. */
export const publishEntry = defineScript(`
${storeUnlessOlder}
redis.call('DEL', KEYS[2])
if not store(KEYS[1], ARGV[1], ARGV[2], ARGV[3]) then return 0 end
redis.call('PUBLISH', ARGV[4], ARGV[5])
return 1`);
