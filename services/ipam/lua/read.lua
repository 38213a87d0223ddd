-- A whole hash. By script, because a proxy may send plain reads to a replica that lags.
--
-- KEYS[1] HASH
--
-- Returns {field, value, field, value, ...}, empty when there is no such key.

return redis.call('HGETALL', KEYS[1])
