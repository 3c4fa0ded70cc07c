-- Searches of different kinds in both languages, one after the other; answers are counted by their status.
local address = os.getenv("ADDRESS") or "/api/v1/search"
local queries = {
  "artificial+intelligence", "%E4%BA%BA%E5%B7%A5%E6%99%BA%E8%83%BD", "data+security", "%E6%95%B0%E6%8D%AE",
  "%22data+space%22", "standard*", "%E6%A0%87%E5%87%86%E5%8C%96", "carbon+NEAR%2F5+emission", "governance+-privacy",
  "%E5%88%B6%E9%80%A0%E4%B8%9A", "trustworthy+OR+reliable", "xylophone",
}
local threads = {}
local next_query = 0

function setup(thread) table.insert(threads, thread) end

function init() good, refused, wrong = 0, 0, 0 end

function request()
  next_query = next_query % #queries + 1
  return wrk.format("GET", address .. "?q=" .. queries[next_query])
end

function response(status)
  if status == 200 then good = good + 1
  elseif status == 503 then refused = refused + 1
  else wrong = wrong + 1 end
end

function done(summary, latency)
  local good, refused, wrong = 0, 0, 0
  for _, thread in ipairs(threads) do
    good = good + thread:get("good")
    refused = refused + thread:get("refused")
    wrong = wrong + thread:get("wrong")
  end
  local errors = summary.errors
  wrong = wrong + errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("row %f %f %f %f %d %d\n", good / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000, refused, wrong))
end
