-- Binds an address of the node to an owner: the one that it holds, else the one idle longest, else a place among those
-- who wait. What ipam-core's `allocate` does wherever it says yes; a no is left to the rules themselves.
-- Needs record.lua. A repeat with the same allocation id gives the same answer, so no request id is kept. Who asks again
-- and still waits moves the clock alone and leaves the revision: many who wait must not keep the refill from writing.
--
-- KEYS[1]  record  HASH  the node's record
-- ARGV[1]  nowMs, Unix ms        ARGV[2]  revision that this write gives the record
-- ARGV[3]  incarnation           ARGV[4]  session           ARGV[5]  generation   ARGV[6]  last agent seq seen
-- ARGV[7]  owner, JSON           ARGV[8]  allocation id     ARGV[9]  pod, JSON
-- ARGV[10] key of its demand     ARGV[11] untilMs, Unix ms until which the caller waits
--
-- Returns {'granted', address, eni, agent seq} or {'waiting', obstacle or ''}, values packed as in the record;
-- {'undecided'} when nothing was changed, and the rules have to be asked.

local record = recordOf(redis.call('HGETALL', KEYS[1]))
if not record then return { 'undecided' } end
local nowMs = math.max(tonumber(record.now), tonumber(ARGV[1]))
if not isServed(record, ARGV[3], ARGV[4], ARGV[5], ARGV[6]) then return { 'undecided' } end
if tonumber(record.frozen) > nowMs or record.rec then return { 'undecided' } end
if record['t:' .. ARGV[8]] or tonumber(ARGV[11]) <= nowMs then return { 'undecided' } end

local owner = cjson.decode(ARGV[7])
local addresses = entries(record, 'a:')
local enis = entries(record, 'e:')
local expired, demand = {}, {}
for key, place in pairs(entries(record, 'd:')) do
  if place.untilMs <= nowMs then table.insert(expired, key) else demand[key] = place end
end
local mine = demand[ARGV[10]]

local function isReady(eni)
  return eni and eni.status == 'in-use' and eni.seen
end

-- Since when the address may be granted; nil while it may not.
local function usableSince(address)
  if not isReady(enis[address.eniId]) then return nil end
  local state = address.state
  if state.kind == 'idle' then return address.sinceMs end
  if state.kind ~= 'cooling' then return nil end
  if state.untilMs <= nowMs and tonumber(record.renewed) > state.releasedAtMs then return state.untilMs end
  return nil
end

-- How many wait longer: each of them comes first.
local function longerWaiting()
  local count = 0
  for key, place in pairs(demand) do
    local longer = not mine
      or place.sinceMs < mine.sinceMs
      or (place.sinceMs == mine.sinceMs and precedes(key, ARGV[10]))
    if key ~= ARGV[10] and longer then count = count + 1 end
  end
  return count
end

local function idleLongest()
  local usable, best, bestSince = 0, nil, nil
  for ip, address in pairs(addresses) do
    local since = usableSince(address)
    if since then
      usable = usable + 1
      if not best or since < bestSince or (since == bestSince and precedes(ip, best.ip)) then
        best, bestSince = address, since
      end
    end
  end
  if usable > longerWaiting() then return best end
  return nil
end

local held, heldCount = nil, 0
for _, address in pairs(addresses) do
  if address.state.kind == 'bound' and isSameOwner(address.state.holder.owner, owner) then
    held, heldCount = address, heldCount + 1
  end
end
if heldCount > 1 or (held and not enis[held.eniId]) then return { 'undecided' } end
local chosen = held or idleLongest()

local sinceMs = mine and mine.sinceMs or nowMs
local place = '1{"pod":' .. ARGV[9]
  .. ',"allocationId":' .. cjson.encode(ARGV[8])
  .. ',"sinceMs":' .. whole(sinceMs)
  .. ',"untilMs":' .. whole(tonumber(ARGV[11])) .. '}'
local waitsOn = not chosen and #expired == 0 and record['d:' .. ARGV[10]] == place

redis.call('HSET', KEYS[1], 'now', whole(nowMs))
if waitsOn then return { 'waiting', record.obstacle or '' } end
redis.call('HSET', KEYS[1], 'rev', ARGV[2])
for _, key in ipairs(expired) do redis.call('HDEL', KEYS[1], 'd:' .. key) end
if not chosen then
  redis.call('HSET', KEYS[1], 'd:' .. ARGV[10], place)
  return { 'waiting', record.obstacle or '' }
end

redis.call('HDEL', KEYS[1], 'd:' .. ARGV[10])
local eni = record['e:' .. chosen.eniId]
if held and held.state.holder.allocationId == ARGV[8] then
  return { 'granted', record['a:' .. held.ip], eni, record.seq }
end
local holder = '{"owner":' .. ARGV[7] .. ',"allocationId":' .. cjson.encode(ARGV[8]) .. ',"pod":' .. ARGV[9] .. '}'
local bound = packedAddress(chosen, '{"kind":"bound","holder":' .. holder .. '}', nowMs)
local seq = whole(tonumber(record.seq) + 1)
redis.call('HSET', KEYS[1], 'a:' .. chosen.ip, bound)
redis.call('HSET', KEYS[1], 'seq', seq)
return { 'granted', bound, eni, seq }
