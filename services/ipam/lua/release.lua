-- Lets go what an owner holds under an allocation id, and leaves a tombstone for the id, so that an ADD that comes after
-- its DEL is refused. What ipam-core's `release` does wherever it says yes; a no is left to the rules themselves.
-- Needs record.lua. A repeat changes nothing but times, so no request id is kept.
--
-- KEYS[1]  record  HASH  the node's record
-- ARGV[1]  nowMs, Unix ms        ARGV[2]  revision that this write gives the record
-- ARGV[3]  incarnation           ARGV[4]  session           ARGV[5]  generation   ARGV[6]  last agent seq seen
-- ARGV[7]  owner, JSON           ARGV[8]  allocation id
-- ARGV[9]  1 when the address was found in use, else 0      ARGV[10] cooldown, ms
--
-- Returns {'released', agent seq}; {'undecided'} when nothing was changed, and the rules have to be asked.

local record = recordOf(redis.call('HGETALL', KEYS[1]))
if not record then return { 'undecided' } end
local nowMs = math.max(tonumber(record.now), tonumber(ARGV[1]))
if not isServed(record, ARGV[3], ARGV[4], ARGV[5], ARGV[6]) then return { 'undecided' } end

local owner = cjson.decode(ARGV[7])
local held, heldCount = nil, 0
for _, address in pairs(entries(record, 'a:')) do
  local holder = address.state.kind == 'bound' and address.state.holder
  if holder and holder.allocationId == ARGV[8] and isSameOwner(holder.owner, owner) then
    held, heldCount = address, heldCount + 1
  end
end
if heldCount > 1 then return { 'undecided' } end
local places = {}
for key, place in pairs(entries(record, 'd:')) do
  if place.allocationId == ARGV[8] then table.insert(places, key) end
end

redis.call('HSET', KEYS[1], 'now', whole(nowMs))
redis.call('HSET', KEYS[1], 'rev', ARGV[2])
for _, key in ipairs(places) do redis.call('HDEL', KEYS[1], 'd:' .. key) end
redis.call('HSET', KEYS[1], 't:' .. ARGV[8], '1' .. whole(nowMs))
if held then
  local state = '{"kind":"quarantined","cause":"address-in-use"}'
  if ARGV[9] ~= '1' then
    state = '{"kind":"cooling","releasedAtMs":' .. whole(nowMs)
      .. ',"untilMs":' .. whole(nowMs + tonumber(ARGV[10])) .. '}'
  end
  redis.call('HSET', KEYS[1], 'a:' .. held.ip, packedAddress(held, state, nowMs))
end
local seq = record.seq
if held or not record['t:' .. ARGV[8]] then
  seq = whole(tonumber(seq) + 1)
  redis.call('HSET', KEYS[1], 'seq', seq)
end
return { 'released', seq }
