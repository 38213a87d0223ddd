-- Writes what was decided on a record as it was read, if nobody has written the record since.
--
-- The whole record has to be the one that was read, not only the fields that change: a decision rests on all of it.
-- Its revision, a random id that every write replaces, says so; the clock alone may have moved, and is not set back.
-- A repeat of a request is told that it was carried out;
-- should the table of requests be lost, it counts as another write, and is decided anew.
--
-- KEYS[1]  record    HASH  the node's record; field `rev` is its revision
-- KEYS[2]  requests  HASH  request id -> nowMs; at most 32, none older than 10 minutes
-- ARGV[1]  request id, the revision that this write gives the record
-- ARGV[2]  revision that was read; '' for none      ARGV[3]  nowMs, Unix ms
-- ARGV[4]  n, fields to write                       ARGV[5 .. 4+2n]  field, value, ...
-- ARGV[5+2n ..]  fields to remove
--
-- Returns 'written', or 'changed' when another write came first.

local kept, maxAgeMs = 32, 600000
local nowMs = tonumber(ARGV[3])
local revision = redis.call('HGET', KEYS[1], 'rev') or ''
if revision == ARGV[1] or redis.call('HGET', KEYS[2], ARGV[1]) then return 'written' end
if revision ~= ARGV[2] then return 'changed' end
local clock = redis.call('HGET', KEYS[1], 'now')

local requests = {}
local rows = redis.call('HGETALL', KEYS[2])
for i = 1, #rows, 2 do table.insert(requests, { id = rows[i], atMs = tonumber(rows[i + 1]) }) end
table.sort(requests, function(a, b) return a.atMs > b.atMs end)

local firstRemoved = 5 + 2 * tonumber(ARGV[4])
for i = 5, firstRemoved - 1, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
for i = firstRemoved, #ARGV do redis.call('HDEL', KEYS[1], ARGV[i]) end
redis.call('HSET', KEYS[1], 'rev', ARGV[1])
if clock and tonumber(clock) > nowMs then redis.call('HSET', KEYS[1], 'now', clock) end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
for i, request in ipairs(requests) do
  if i >= kept or request.atMs < nowMs - maxAgeMs then redis.call('HDEL', KEYS[2], request.id) end
end
return 'written'
