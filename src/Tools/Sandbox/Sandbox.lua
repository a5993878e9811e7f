-- Makes the globals of a script safe. What stays of the C library takes time at most in proportion to the memory that a script may
-- have, so that the count hook, which fires between instructions of Lua, always comes round: string.rep('', 1e18), a pattern that
-- backtracks without end, table.insert on a table whose length lies and a finaliser (in which hooks are off) would all never end.
-- Nothing that is kept catches errors (pcall, coroutines, load with a function), since it would catch that of the hook.
-- Returns the function that runs a chunk and gives its output.

local most_output = ...
local byte, find, sub, concat, real_rep = string.byte, string.find, string.sub, table.concat, string.rep
local tostring, type, error, getmetatable, rawget, rawlen, pairs, next, select = tostring, type, error, getmetatable, rawget, rawlen, pairs, next, select
local floor, pack, unpack, real_setmetatable = math.floor, table.pack, table.unpack, setmetatable

local function text_of(value, position, name)
  if type(value) == 'number' then
    return tostring(value)
  end
  if type(value) ~= 'string' then
    error("bad argument #" .. position .. " to '" .. name .. "' (string expected, got " .. (value == nil and 'no value' or type(value)) .. ')', 3)
  end
  return value
end

-- Patterns, as lstrlib.c has them.

local unfinished, position_only, most_captures = -1, -2, 32

local classes = {
  [97] = function(c) return c >= 65 and c <= 90 or c >= 97 and c <= 122 end, -- %a
  [99] = function(c) return c < 32 or c == 127 end, -- %c
  [100] = function(c) return c >= 48 and c <= 57 end, -- %d
  [103] = function(c) return c > 32 and c < 127 end, -- %g
  [108] = function(c) return c >= 97 and c <= 122 end, -- %l
  [112] = function(c) return c >= 33 and c <= 47 or c >= 58 and c <= 64 or c >= 91 and c <= 96 or c >= 123 and c <= 126 end, -- %p
  [115] = function(c) return c == 32 or c >= 9 and c <= 13 end, -- %s
  [117] = function(c) return c >= 65 and c <= 90 end, -- %u
  [119] = function(c) return c >= 48 and c <= 57 or c >= 65 and c <= 90 or c >= 97 and c <= 122 end, -- %w
  [120] = function(c) return c >= 48 and c <= 57 or c >= 65 and c <= 70 or c >= 97 and c <= 102 end, -- %x
}

local function in_class(c, class)
  local test = classes[class | 32]
  if not test then
    return c == class
  end
  return test(c) == (class & 32 ~= 0)
end

local function class_end(p, i)
  local c = byte(p, i)
  i = i + 1
  if c == 37 then -- %
    if i > #p then
      error("malformed pattern (ends with '%')", 0)
    end
    return i + 1
  elseif c == 91 then -- [
    if byte(p, i) == 94 then -- ^
      i = i + 1
    end
    repeat
      local inside = byte(p, i)
      if not inside then
        error("malformed pattern (missing ']')", 0)
      end
      i = i + (inside == 37 and 2 or 1)
    until byte(p, i) == 93 -- ]
    return i + 1
  end
  return i
end

local function in_set(c, p, i, last)
  local included = true
  if byte(p, i + 1) == 94 then
    included = false
    i = i + 1
  end
  i = i + 1
  while i < last do
    local from = byte(p, i)
    if from == 37 then
      i = i + 1
      if in_class(c, byte(p, i)) then
        return included
      end
    elseif byte(p, i + 1) == 45 and i + 2 < last then -- -
      i = i + 2
      if from <= c and c <= byte(p, i) then
        return included
      end
    elseif from == c then
      return included
    end
    i = i + 1
  end
  return not included
end

local function is_single(state, si, pi, ep)
  local c = byte(state.s, si)
  if not c then
    return false
  end
  local p = state.p
  local pc = byte(p, pi)
  if pc == 46 then -- .
    return true
  elseif pc == 37 then
    return in_class(c, byte(p, pi + 1))
  elseif pc == 91 then
    return in_set(c, p, pi, ep - 1)
  end
  return pc == c
end

local match_here

local function match_most(state, si, pi, ep)
  local count = 0
  while is_single(state, si + count, pi, ep) do
    count = count + 1
  end
  for taken = count, 0, -1 do
    local last = match_here(state, si + taken, ep + 1)
    if last then
      return last
    end
  end
end

local function match_least(state, si, pi, ep)
  while true do
    local last = match_here(state, si, ep + 1)
    if last then
      return last
    elseif is_single(state, si, pi, ep) then
      si = si + 1
    else
      return nil
    end
  end
end

local function open_capture(state, si, pi, kind)
  if state.level >= most_captures then
    error('too many captures', 0)
  end
  local level = state.level + 1
  state.starts[level], state.lengths[level], state.level = si, kind, level
  local last = match_here(state, si, pi)
  if not last then
    state.level = level - 1
  end
  return last
end

local function close_capture(state, si, pi)
  local level = state.level
  while level > 0 and state.lengths[level] ~= unfinished do
    level = level - 1
  end
  if level == 0 then
    error('invalid pattern capture', 0)
  end
  state.lengths[level] = si - state.starts[level]
  local last = match_here(state, si, pi)
  if not last then
    state.lengths[level] = unfinished
  end
  return last
end

local function match_balanced(state, si, pi)
  local open, close = byte(state.p, pi, pi + 1)
  if not close then
    error("malformed pattern (missing arguments to '%b')", 0)
  end
  if byte(state.s, si) ~= open then
    return nil
  end
  local depth = 1
  for i = si + 1, #state.s do
    local c = byte(state.s, i)
    if c == close then
      depth = depth - 1
      if depth == 0 then
        return i + 1
      end
    elseif c == open then
      depth = depth + 1
    end
  end
end

local function match_again(state, si, digit)
  local level = digit - 48
  local length = state.lengths[level]
  if level < 1 or level > state.level or length == unfinished then
    error('invalid capture index %' .. level .. ' in pattern', 0)
  end
  if length >= 0 and sub(state.s, state.starts[level], state.starts[level] + length - 1) == sub(state.s, si, si + length - 1) then
    return si + length
  end
end

function match_here(state, si, pi)
  local s, p = state.s, state.p
  while pi <= #p do
    local pc, following = byte(p, pi, pi + 1)
    if pc == 40 then -- (
      if following == 41 then
        return open_capture(state, si, pi + 2, position_only)
      end
      return open_capture(state, si, pi + 1, unfinished)
    elseif pc == 41 then -- )
      return close_capture(state, si, pi + 1)
    elseif pc == 36 and pi == #p then -- $
      return si == #s + 1 and si or nil
    elseif pc == 37 and following == 98 then -- %b
      si = match_balanced(state, si, pi + 2)
      pi = pi + 4
    elseif pc == 37 and following == 102 then -- %f
      if byte(p, pi + 2) ~= 91 then
        error("missing '[' after '%f' in pattern", 0)
      end
      local ep = class_end(p, pi + 2)
      if in_set(si == 1 and 0 or byte(s, si - 1), p, pi + 2, ep - 1) or not in_set(byte(s, si) or 0, p, pi + 2, ep - 1) then
        return nil
      end
      pi = ep
    elseif pc == 37 and following and following >= 48 and following <= 57 then
      si = match_again(state, si, following)
      pi = pi + 2
    else
      local ep = class_end(p, pi)
      local repeated = byte(p, ep)
      if repeated == 63 then -- ?
        local last = is_single(state, si, pi, ep) and match_here(state, si + 1, ep + 1)
        if last then
          return last
        end
        pi = ep + 1
      elseif repeated == 42 then -- *
        return match_most(state, si, pi, ep)
      elseif repeated == 45 then -- -
        return match_least(state, si, pi, ep)
      elseif not is_single(state, si, pi, ep) then
        return nil
      elseif repeated == 43 then -- +
        return match_most(state, si + 1, pi, ep)
      else
        si, pi = si + 1, ep
      end
    end
    if not si then
      return nil
    end
  end
  return si
end

local function new_state(s, p)
  return { s = s, p = p, level = 0, starts = {}, lengths = {} }
end

local function match_at(state, si, pi)
  state.level = 0
  return match_here(state, si, pi)
end

local function capture(state, index, first, last)
  if index > state.level then
    if index ~= 1 then
      error('invalid capture index %' .. index, 0)
    end
    return sub(state.s, first, last - 1)
  end
  local length = state.lengths[index]
  if length == unfinished then
    error('unfinished capture', 0)
  end
  return length == position_only and state.starts[index] or sub(state.s, state.starts[index], state.starts[index] + length - 1)
end

local function captures(state, first, last)
  local values = {}
  for index = 1, first and state.level == 0 and 1 or state.level do
    values[index] = capture(state, index, first, last)
  end
  return values
end

local function start_of(s, init)
  init = init or 1
  if init < 0 then
    init = #s + init + 1
  end
  return init < 1 and 1 or init
end

-- The C library compares the shorter text at each place of the longer one.
local function find_plain(s, p, init)
  if #s * #p > 100000000 then
    error('the texts are too long to be searched', 0)
  end
  return find(s, p, init, true)
end

local function search(s, p, init, finds)
  init = start_of(s, init)
  if init > #s + 1 then
    return nil
  end
  local anchored = byte(p) == 94
  local state = new_state(s, p)
  local si = init
  repeat
    local last = match_at(state, si, anchored and 2 or 1)
    if last then
      if finds then
        return si, last - 1, unpack(captures(state, nil, last))
      end
      return unpack(captures(state, si, last))
    end
    si = si + 1
  until anchored or si > #s + 1
end

function string.find(s, p, init, plain)
  s, p = text_of(s, 1, 'find'), text_of(p, 2, 'find')
  if plain or #p < 1000 and not find(p, '[%^%$%*%+%?%.%(%[%%%-]') then
    init = start_of(s, init)
    if init > #s + 1 then
      return nil
    end
    return find_plain(s, p, init)
  end
  return search(s, p, init, true)
end

function string.match(s, p, init)
  return search(text_of(s, 1, 'match'), text_of(p, 2, 'match'), init, false)
end

function string.gmatch(s, p, init)
  s, p = text_of(s, 1, 'gmatch'), text_of(p, 2, 'gmatch')
  local si, before = start_of(s, init), nil
  local state = new_state(s, p)
  return function()
    while si <= #s + 1 do
      local last = match_at(state, si, 1)
      if last and last ~= before then
        local first = si
        si, before = last, last
        return unpack(captures(state, first, last))
      end
      si = si + 1
    end
  end
end

local function expand(state, replacement, first, last)
  local pieces, from = {}, 1
  while true do
    local at = find(replacement, '%', from, true)
    if not at then
      pieces[#pieces + 1] = sub(replacement, from)
      return concat(pieces)
    end
    pieces[#pieces + 1] = sub(replacement, from, at - 1)
    local following = byte(replacement, at + 1)
    if following == 37 then
      pieces[#pieces + 1] = '%'
    elseif following == 48 then
      pieces[#pieces + 1] = sub(state.s, first, last - 1)
    elseif following and following > 48 and following <= 57 then
      pieces[#pieces + 1] = tostring(capture(state, following - 48, first, last))
    else
      error("invalid use of '%' in replacement string", 0)
    end
    from = at + 2
  end
end

function string.gsub(s, p, replacement, most)
  s, p = text_of(s, 1, 'gsub'), text_of(p, 2, 'gsub')
  local kind = type(replacement)
  if kind == 'number' then
    replacement, kind = tostring(replacement), 'string'
  elseif kind ~= 'string' and kind ~= 'table' and kind ~= 'function' then
    error("bad argument #3 to 'gsub' (string/function/table expected, got " .. kind .. ')', 2)
  end
  local anchored = byte(p) == 94
  local state = new_state(s, p)
  local pieces, kept, si, before, count = {}, 1, 1, nil, 0
  while not most or count < most do
    local last = match_at(state, si, anchored and 2 or 1)
    if last and last ~= before then
      count = count + 1
      local value
      if kind == 'string' then
        value = expand(state, replacement, si, last)
      elseif kind == 'table' then
        value = replacement[capture(state, 1, si, last)]
      else
        value = replacement(unpack(captures(state, si, last)))
      end
      if value then
        if type(value) ~= 'string' and type(value) ~= 'number' then
          error('invalid replacement value (a ' .. type(value) .. ')', 2)
        end
        pieces[#pieces + 1] = sub(s, kept, si - 1)
        pieces[#pieces + 1] = value
        kept = last
      end
      si, before = last, last
    else
      si = si + 1
    end
    if anchored or si > #s + 1 then
      break
    end
  end
  pieces[#pieces + 1] = sub(s, kept)
  return concat(pieces), count
end

function string.rep(s, n, separator)
  s, separator = text_of(s, 1, 'rep'), separator and text_of(separator, 3, 'rep') or ''
  return #s + #separator == 0 and '' or real_rep(s, n, separator)
end

-- Tables

local function plain(t, name)
  if type(t) ~= 'table' then
    error("bad argument #1 to '" .. name .. "' (table expected, got " .. (t == nil and 'no value' or type(t)) .. ')', 3)
  end
  return t
end

function table.insert(t, ...)
  plain(t, 'insert')
  local last = #t + 1
  local position, value = ...
  if select('#', ...) < 2 then
    t[last] = position
    return
  end
  if position < 1 or position > last then
    error("bad argument #2 to 'insert' (position out of bounds)", 2)
  end
  for i = last, position + 1, -1 do
    t[i] = t[i - 1]
  end
  t[position] = value
end

function table.remove(t, position)
  plain(t, 'remove')
  local last = #t
  position = position or last
  if last + 1 ~= position and (position < 1 or position > last + 1) and not (last == 0 and position == 0) then
    error("bad argument #2 to 'remove' (position out of bounds)", 2)
  end
  local value = t[position]
  for i = position, last - 1 do
    t[i] = t[i + 1]
  end
  if position <= last then
    t[last] = nil
  end
  return value
end

function table.move(from, first, last, at, to)
  to = to or plain(from, 'move')
  if at > first then
    for i = last - first, 0, -1 do
      to[at + i] = from[first + i]
    end
  else
    for i = 0, last - first do
      to[at + i] = from[first + i]
    end
  end
  return to
end

function table.concat(t, separator, first, last)
  local pieces = {}
  for i = first or 1, last or #plain(t, 'concat') do
    local value = t[i]
    if type(value) ~= 'string' and type(value) ~= 'number' then
      error("invalid value (at index " .. i .. ") in table for 'concat'", 2)
    end
    pieces[#pieces + 1] = value
  end
  return concat(pieces, separator)
end

local function is_less(a, b)
  return a < b
end

-- Merges runs, so that an order that contradicts itself ends like any other.
function table.sort(t, less)
  local count = #plain(t, 'sort')
  less = less or is_less
  local from, to = {}, {}
  for i = 1, count do
    from[i] = t[i]
  end
  local width = 1
  while width < count do
    for start = 1, count, 2 * width do
      local i, middle, j, stop = start, start + width, start + width, start + 2 * width
      for k = start, (stop - 1 < count and stop - 1 or count) do
        if i < middle and i <= count and (j >= stop or j > count or not less(from[j], from[i])) then
          to[k] = from[i]
          i = i + 1
        else
          to[k] = from[j]
          j = j + 1
        end
      end
    end
    from, to = to, from
    width = width * 2
  end
  for i = 1, count do
    t[i] = from[i]
  end
end

function setmetatable(t, metatable)
  if type(metatable) == 'table' and rawget(metatable, '__gc') ~= nil then
    error('__gc is not available here', 2)
  end
  return real_setmetatable(t, metatable)
end

-- Output

local printed, length, cut = {}, 0, false

local function show(value, depth)
  if type(value) == 'string' and depth > 0 then
    return '"' .. value .. '"'
  elseif type(value) ~= 'table' or getmetatable(value) ~= nil then
    return tostring(value)
  elseif depth >= 4 then
    return '{...}'
  end
  local items, listed = {}, rawlen(value)
  for i = 1, listed do
    items[i] = show(value[i], depth + 1)
  end
  for key, item in next, value do
    if not (type(key) == 'number' and floor(key) == key and key >= 1 and key <= listed) then
      items[#items + 1] = (type(key) == 'string' and key or '[' .. tostring(key) .. ']') .. ' = ' .. show(item, depth + 1)
    end
  end
  return '{' .. concat(items, ', ') .. '}'
end

local function write(values)
  if cut then
    return
  end
  for i = 1, values.n do
    values[i] = show(values[i], 0)
  end
  local line = concat(values, '\t')
  if length + #line > most_output then
    line = sub(line, 1, most_output - length) .. '\n[Cut here: the output is longer than ' .. most_output .. ' bytes.]'
    cut = true
  end
  length = length + #line + 1
  printed[#printed + 1] = line
end

function print(...)
  write(pack(...))
end

-- Only what is named here stays.

local kept = {
  _G = true, _VERSION = true, assert = true, error = true, getmetatable = true, ipairs = true, next = true, pairs = true, print = true,
  rawequal = true, rawget = true, rawlen = true, rawset = true, select = true, setmetatable = true, tonumber = true, tostring = true, type = true,
  math = true, string = true, table = true, utf8 = true,
}
for name in next, _G do
  if not kept[name] then
    _G[name] = nil
  end
end
string.dump, string.pack, string.packsize, string.unpack = nil, nil, nil, nil

return function(chunk)
  local values = pack(chunk())
  if values.n > 0 then
    write(values)
  end
  return concat(printed, '\n')
end
