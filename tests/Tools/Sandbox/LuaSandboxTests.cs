using PersonalAi.Tools;
using PersonalAi.Tools.Sandbox;
using Xunit;

namespace PersonalAi.Tests.Tools.Sandbox;

public sealed class LuaSandboxTests
{
    private static readonly LuaSandbox Sandbox = new(new ScriptLimits { Instructions = 2_000_000, Memory = 8 << 20, Output = 1_000 }, TimeProvider.System);

    [Theory]
    [InlineData("io")]
    [InlineData("os")]
    [InlineData("package")]
    [InlineData("require")]
    [InlineData("debug")]
    [InlineData("dofile")]
    [InlineData("loadfile")]
    [InlineData("load")]
    [InlineData("loadstring")]
    [InlineData("coroutine")]
    [InlineData("pcall")]
    [InlineData("xpcall")]
    [InlineData("collectgarbage")]
    [InlineData("warn")]
    [InlineData("luanet")]
    [InlineData("import")]
    [InlineData("CLRPackage")]
    [InlineData("string.dump")]
    [InlineData("string.pack")]
    public async Task Nothing_that_reaches_the_host_or_catches_errors_is_there(string name)
    {
        var text = await RunAsync($"return {name}");

        Assert.Equal("nil", text);
    }

    [Fact]
    public async Task The_globals_are_these_and_no_others()
    {
        var text = await RunAsync("local names = {} for name in pairs(_G) do names[#names + 1] = name end table.sort(names) return table.concat(names, ' ')");

        Assert.Equal(
            "_G _VERSION assert error getmetatable ipairs math next pairs print rawequal rawget rawlen rawset select setmetatable string table tonumber tostring type utf8",
            text);
    }

    [Theory]
    [InlineData("while true do end")]
    [InlineData("local function f() return f() end f()")]
    [InlineData("for i = 1, math.huge do end")]
    [InlineData("string.rep('', 1e18) while true do end")]
    [InlineData("return string.find(string.rep('a', 40), string.rep('a*', 30) .. 'b')")]
    [InlineData("return string.match(string.rep('a', 3000), '.-.-.-.-b')")]
    [InlineData("return string.gsub(string.rep('a', 3000), '(a*)*(a*)*(a*)*b$', '')")]
    [InlineData("for _ in string.gmatch(string.rep('(', 5000), '%b()') do end")]
    [InlineData("local t = setmetatable({}, {__len = function() return 1 << 60 end}) table.insert(t, 1, 1)")]
    [InlineData("local t = setmetatable({}, {__len = function() return 1 << 60 end}) table.remove(t, 1)")]
    [InlineData("local t = setmetatable({}, {__index = table.concat}) return table.concat(t, '', 1, 1 << 60)")]
    [InlineData("local t = setmetatable({}, {__index = rawlen, __newindex = type}) table.move(t, 1, 1 << 60, 2)")]
    [InlineData("local t = {} for i = 0, 61 do t[1 << i] = 1 end table.insert(t, 1, 1) while true do end")]
    [InlineData("local t = {} for i = 1, 4096 do t[i] = i end table.sort(t, function() while true do end end)")]
    [InlineData("local t <close> = setmetatable({}, {__close = function() while true do end end}) while true do end")]
    [InlineData("setmetatable(_G, {__index = function(t, k) return t[k .. k] end}) return a")]
    [InlineData("getmetatable('').__index = function() while true do end end return ('x').y")]
    [InlineData("return tostring(setmetatable({}, {__tostring = function() while true do end end}))")]
    public async Task A_script_that_would_not_end_is_ended(string script)
    {
        var error = await Assert.ThrowsAsync<ToolException>(() => RunAsync(script));

        Assert.Matches("^(The script ran more than 2000000 instructions and was stopped: make it do less, and check that its loops end|The script needs more than 8 MiB of memory: make it hold less at once|The script failed: .*(stack overflow|overflow).*)", error.Message);
    }

    [Theory]
    [InlineData("return #string.rep('x', 1e9)")]
    [InlineData("local s = 'x' while true do s = s .. s end")]
    [InlineData("local t = {} for i = 1, 1e9 do t[i] = {} end")]
    [InlineData("local t = {} for i = 1, 1e9 do t[i] = i .. 'x' end")]
    [InlineData("return string.gsub(string.rep('x', 100000), 'x', string.rep('y', 1000))")]
    [InlineData("return string.format('%s', string.rep('x', 5e6)) .. string.rep('y', 5e6)")]
    public async Task A_script_that_takes_too_much_memory_is_ended(string script)
    {
        var error = await Assert.ThrowsAsync<ToolException>(() => RunAsync(script));

        Assert.Equal("The script needs more than 8 MiB of memory: make it hold less at once.", error.Message);
    }

    [Fact]
    public async Task A_script_ends_when_its_time_is_over()
    {
        var sandbox = new LuaSandbox(new ScriptLimits { Instructions = long.MaxValue, Time = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);

        var error = await Assert.ThrowsAsync<ToolException>(() => sandbox.RunAsync("while true do end", TestContext.Current.CancellationToken));

        Assert.Equal("The script ran longer than 0.05 seconds and was stopped: make it do less, and check that its loops end.", error.Message);
    }

    [Fact]
    public async Task A_script_ends_when_it_is_cancelled()
    {
        var sandbox = new LuaSandbox(new ScriptLimits { Instructions = long.MaxValue, Time = TimeSpan.FromMinutes(10) }, TimeProvider.System);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = sandbox.RunAsync("while true do end", cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory]
    [InlineData("local t = setmetatable({}, {__gc = function() while true do end end})", "The script failed: script:1: __gc is not available here. Correct it and run it again.")]
    [InlineData("\u001bLuaT", "The script failed: attempt to load a binary chunk (mode is 't'). Correct it and run it again.")]
    [InlineData("string.find(string.rep('x', 2e5), string.rep('x', 2e5 - 1) .. 'y', 1, true)", "The script failed: the texts are too long to be searched. Correct it and run it again.")]
    public async Task Ways_out_are_closed_with_a_sentence(string script, string expected)
    {
        var error = await Assert.ThrowsAsync<ToolException>(() => RunAsync(script));

        Assert.Equal(expected, error.Message);
    }

    [Fact]
    public async Task A_script_changes_nothing_for_the_next()
    {
        await RunAsync("string.upper = nil x = 1 getmetatable('').__index = nil _G.print = nil");

        var text = await RunAsync("return x, ('a'):upper()");

        Assert.Equal("nil\tA", text);
    }

    [Fact]
    public async Task Output_is_cut_and_says_so()
    {
        var text = await RunAsync("for i = 1, 1000 do print(string.rep('x', 99)) end return 'end'");

        Assert.Equal(string.Concat(Enumerable.Repeat($"{new string('x', 99)}\n", 10)) + "\n[Cut here: the output is longer than 1000 bytes.]", text);
    }

    [Fact]
    public async Task A_script_that_is_too_long_is_refused()
    {
        var error = await Assert.ThrowsAsync<ToolException>(() => RunAsync(new string(' ', 20_001)));

        Assert.Equal("The script has 20001 characters: write at most 20000.", error.Message);
    }

    // Expected values are those of lua 5.4 itself.
    [Theory]
    [InlineData("('hello world'):find('wor')", "7\t9")]
    [InlineData("('hello world'):find('o', 6)", "8\t8")]
    [InlineData("('hello'):find('l+')", "3\t4")]
    [InlineData("('a.b'):find('.', 1, true)", "2\t2")]
    [InlineData("('abc'):find('')", "1\t0")]
    [InlineData("('abc'):find('', 10)", "nil")]
    [InlineData("('abc'):find('b', -1)", "nil")]
    [InlineData("('abc'):find('(b)(c)')", "2\t3\tb\tc")]
    [InlineData("('key = value'):match('^(%w+)%s*=%s*(%w+)$')", "key\tvalue")]
    [InlineData("('2026-11-21'):match('(%d+)-(%d+)-(%d+)')", "2026\t11\t21")]
    [InlineData("('  trim  '):match('^%s*(.-)%s*$') .. '|'", "trim|")]
    [InlineData("('f(a(b)c)d'):match('%b()')", "(a(b)c)")]
    [InlineData("('THE (quick) fox'):find('%((%a+)%)')", "5\t11\tquick")]
    [InlineData("('THE (quick) fox'):gsub('%f[%a]%a+', string.lower)", "the (quick) fox\t3")]
    [InlineData("('hello'):match('()ll()')", "3\t5")]
    [InlineData("('abcabc'):match('(a)bc%1')", "a")]
    [InlineData("('x]y'):match('[]]')", "]")]
    [InlineData("('a-z'):match('[a%-]+')", "a-")]
    [InlineData("('héllo'):match('[^%w]+')", "é")]
    [InlineData("('0xFf'):match('%x+', 3)", "Ff")]
    [InlineData("('abc'):gsub('%w', '%0%0')", "aabbcc\t3")]
    [InlineData("('abc'):gsub('', '-')", "-a-b-c-\t4")]
    [InlineData("('hello world'):gsub('o', {o = '0'}, 1)", "hell0 world\t1")]
    [InlineData("('abc'):gsub('b', function() return nil end)", "abc\t1")]
    [InlineData("('abc def'):gsub('(%w+) (%w+)', '%2 %1')", "def abc\t1")]
    [InlineData("('aaa'):gsub('^a', 'b')", "baa\t1")]
    [InlineData("('100%'):gsub('%%', ' percent')", "100 percent\t1")]
    [InlineData("('a,b,,c'):gsub(',', ';')", "a;b;;c\t3")]
    [InlineData("(function() local t = {} for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do t[#t + 1] = k .. v end return table.concat(t, '|') end)()", "a1|b2")]
    [InlineData("(function() local n = 0 for _ in ('one two  three'):gmatch('%a*') do n = n + 1 end return n end)()", "4")]
    [InlineData("('x'):rep(3, ',')", "x,x,x")]
    [InlineData("(function() local t = {3, 1, 2} table.sort(t) return table.concat(t, ' ') end)()", "1 2 3")]
    [InlineData("(function() local t = {5, 2, 8, 1, 9, 3, 7} table.sort(t, function(a, b) return a > b end) return table.concat(t, ' ') end)()", "9 8 7 5 3 2 1")]
    [InlineData("(function() local t = {1, 2, 3} table.insert(t, 2, 9) table.insert(t, 4) local r = table.remove(t, 1) return r, table.concat(t, ' ') end)()", "1\t9 2 3 4")]
    [InlineData("table.concat(table.move({1, 2, 3, 4}, 2, 4, 1), ' ')", "2 3 4 4")]
    [InlineData("table.remove({})", "nil")]
    [InlineData("table.unpack({1, 2, 3}, 2)", "2\t3")]
    [InlineData("string.format('%5.2f|%d|%s|%q', 3.14159, 42, 'x', 'y')", " 3.14|42|x|\"y\"")]
    [InlineData("utf8.len('héllo')", "5")]
    [InlineData("10 // 3, 10 % 3, 2 ^ 10, 7 / 2", "3\t1\t1024.0\t3.5")]
    public async Task The_library_behaves_as_Luas_own(string expression, string expected)
    {
        var text = await RunAsync(expression);

        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("('x'):find('[a')", "malformed pattern (missing ']')")]
    [InlineData("('x'):find('x%')", "malformed pattern (ends with '%')")]
    [InlineData("('x'):find('(x')", "unfinished capture")]
    [InlineData("('x'):match('x)')", "invalid pattern capture")]
    [InlineData("('x'):find('%1')", "invalid capture index %1 in pattern")]
    [InlineData("('x'):find('%b')", "malformed pattern (missing arguments to '%b')")]
    [InlineData("('x'):find('%f')", "missing '[' after '%f' in pattern")]
    [InlineData("('x'):gsub('x', '%2')", "invalid capture index %2")]
    [InlineData("('x'):find(string.rep('()', 40))", "too many captures")]
    public async Task A_malformed_pattern_is_named(string expression, string expected)
    {
        var error = await Assert.ThrowsAsync<ToolException>(() => RunAsync(expression));

        Assert.Equal($"The script failed: {expected}. Correct it and run it again.", error.Message);
    }

    private static Task<string> RunAsync(string script) => Sandbox.RunAsync(script, TestContext.Current.CancellationToken);
}
