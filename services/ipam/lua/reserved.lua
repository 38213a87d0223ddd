-- How many addresses of a vSwitch calls in flight will take; forgets reservations that are over.
--
-- KEYS[1] reservations  HASH  intent id -> '1 <count> <Unix ms until which it counts>'
-- ARGV[1] nowMs, Unix ms
--
-- Returns the sum as text.

local nowMs = tonumber(ARGV[1])
local rows = redis.call('HGETALL', KEYS[1])
local sum, over = 0, {}
for i = 1, #rows, 2 do
  local count, expiresAtMs = string.match(rows[i + 1], '^1 (%d+) (%d+)$')
  if count and tonumber(expiresAtMs) > nowMs then
    sum = sum + tonumber(count)
  elseif count then
    table.insert(over, rows[i])
  end
end
for _, intentId in ipairs(over) do redis.call('HDEL', KEYS[1], intentId) end
return string.format('%.0f', sum)
