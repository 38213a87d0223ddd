-- A node's record as tables: what allocate.lua and release.lua begin with. Calls nothing.
--
-- A packed value is the version digit 1 and JSON (ipam-core, record-fields.ts). Text is compared for equality only:
-- the server's locale decides what '<' says of two strings, so `precedes` compares bytes.

local packedFields = { rec = true, claim = true, limits = true, obstacle = true }

-- HGETALL's rows -> field -> raw value; nil when there is no record, or when a later release wrote a part of it.
local function recordOf(rows)
  local fields = {}
  for i = 1, #rows, 2 do
    local packed = packedFields[rows[i]] or string.find(rows[i], '^[eadti]:')
    if packed and string.sub(rows[i + 1], 1, 1) ~= '1' then return nil end
    fields[rows[i]] = rows[i + 1]
  end
  if not fields.gen then return nil end
  return fields
end

local function unpacked(value)
  return cjson.decode(string.sub(value, 2))
end

-- The values of all fields with this prefix, by what follows it.
local function entries(record, prefix)
  local found = {}
  for field, value in pairs(record) do
    if string.sub(field, 1, 2) == prefix then found[string.sub(field, 3)] = unpacked(value) end
  end
  return found
end

-- The caller speaks for the session that is synced, and has not seen more than the record.
local function isServed(record, incarnation, session, generation, lastAgentSeq)
  return record.gen == generation
    and record.inc == incarnation
    and record.ses == session
    and record.synced == '1'
    and tonumber(record.seq) >= tonumber(lastAgentSeq)
end

local function isSameOwner(a, b)
  return a.network == b.network and a.sandboxId == b.sandboxId and a.interfaceName == b.interfaceName
end

-- Lua prints large numbers with an exponent.
local function whole(number)
  return string.format('%.0f', number)
end

local function precedes(a, b)
  for i = 1, math.min(#a, #b) do
    local x, y = string.byte(a, i), string.byte(b, i)
    if x ~= y then return x < y end
  end
  return #a < #b
end

-- An address that comes into a state now; the state is JSON.
local function packedAddress(address, state, nowMs)
  return '1{"ip":' .. cjson.encode(address.ip)
    .. ',"eniId":' .. cjson.encode(address.eniId)
    .. ',"term":' .. cjson.encode(address.term)
    .. ',"primary":' .. tostring(address.primary)
    .. ',"sinceMs":' .. whole(nowMs)
    .. ',"state":' .. state .. '}'
end

