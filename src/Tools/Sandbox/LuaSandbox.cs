using System.Runtime.InteropServices;
using System.Text;
using KeraLua;

namespace PersonalAi.Tools.Sandbox;

/// <summary>Runs a Lua script that can reach nothing but its own memory, and always ends. Sandbox.lua says what a script finds, and why.</summary>
/// <remarks>
/// Lua's errors are long jumps, which must not pass managed frames. So Lua calls managed code in two places only, both of which
/// return: the allocator, and the hook that counts. The error that ends a script is raised by Lua's own <c>luaL_error</c>, which
/// takes the place of that hook.
/// </remarks>
/// <param name="limits">What a script may take.</param>
/// <param name="time">Measures the time.</param>
internal sealed partial class LuaSandbox(ScriptLimits limits, TimeProvider time)
{
    private const string Library = "lua54";

    // Few enough that the clock is looked at often, though one of them may copy all the memory of a script.
    private const int InstructionsPerLook = 100;

    // luaL_error's second parameter is the text of the error, a hook's is a lua_Debug, which begins with the event's number: that of
    // a count, as a text.
    private const string Stopped = "\u0003";

    private static readonly Lazy<nint> RaiseError = new(() => NativeLibrary.GetExport(NativeLibrary.Load(Library, typeof(Lua).Assembly, searchPath: null), "luaL_error"));
    private static readonly Lazy<byte[]> Prelude = new(ReadPrelude);

    /// <summary>What the script prints, and what it returns.</summary>
    /// <exception cref="ToolException">It is no Lua, fails, or passes a limit.</exception>
    public Task<string> RunAsync(string script, CancellationToken cancellationToken = default)
    {
        if (script.Length > limits.Source)
        {
            throw new ToolException($"The script has {script.Length} characters: write at most {limits.Source}.");
        }

        return Task.Run(() => Run(script, cancellationToken), cancellationToken);
    }

    private string Run(string script, CancellationToken cancellationToken)
    {
        var memory = new LuaMemory();
        LuaAlloc allocate = (_, block, oldSize, newSize) => memory.Allocate(block, oldSize, newSize);
        try
        {
            using var lua = Open(allocate);
            memory.Limit = limits.Memory;
            return Run(lua, script, cancellationToken);
        }
        finally
        {
            // Only Lua knows it, and calls it until the state is closed.
            GC.KeepAlive(allocate);
        }
    }

    private string Run(Lua lua, string script, CancellationToken cancellationToken)
    {
        var result = Load(lua, script);
        var watch = new Watch(limits, time);
        if (result == LuaStatus.OK)
        {
            lua.SetHook((state, _) => LookAt(watch, state, cancellationToken), LuaHookMask.Count, InstructionsPerLook);
            result = lua.PCall(1, 1, 0);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var text = lua.Type(-1) == LuaType.String ? lua.ToString(-1, callMetamethod: false) : "the error is not a text";
        return result switch
        {
            LuaStatus.OK => text,
            LuaStatus.ErrMem => throw new ToolException($"The script needs more than {limits.Memory >> 20} MiB of memory: make it hold less at once."),
            _ when watch.Reason is { } reason => throw new ToolException(reason),
            _ => throw new ToolException($"The script failed: {text.Replace(Stopped, "", StringComparison.Ordinal)}. Correct it and run it again."),
        };
    }

    // Leaves the function that runs a chunk on the stack.
    private Lua Open(LuaAlloc allocate)
    {
        var lua = new Lua(allocate, 0) { Encoding = Encoding.UTF8 };
        lua.OpenBasicLibrary();
        lua.OpenMathLibrary();
        lua.OpenStringLibrary();
        lua.OpenTableLibrary();
        lua.OpenUTF8Library();
        lua.SetTop(0);
        var status = lua.LoadBuffer(Prelude.Value, "=sandbox", "t");
        if (status == LuaStatus.OK)
        {
            lua.PushInteger(limits.Output);
            status = lua.PCall(1, 1, 0);
        }

        return status == LuaStatus.OK ? lua : throw new InvalidOperationException($"Sandbox.lua failed: {lua.ToString(-1)}.");
    }

    // A bare expression is a script that returns it: small models write one. Mode "t" refuses bytecode.
    private static LuaStatus Load(Lua lua, string script)
    {
        if (lua.LoadBuffer(Encoding.UTF8.GetBytes($"return {script}"), "=script", "t") == LuaStatus.OK)
        {
            return LuaStatus.OK;
        }

        lua.Pop(1);
        return lua.LoadBuffer(Encoding.UTF8.GetBytes(script), "=script", "t");
    }

    private static byte[] ReadPrelude()
    {
        using var stream = typeof(LuaSandbox).Assembly.GetManifestResourceStream("Sandbox.lua")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static void LookAt(Watch watch, nint state, CancellationToken cancellationToken)
    {
        if (watch.Counts(InstructionsPerLook) || cancellationToken.IsCancellationRequested)
        {
            lua_sethook(state, RaiseError.Value, (int)LuaHookMask.Count, 1);
        }
    }

    [LibraryImport(Library)]
    private static partial void lua_sethook(nint state, nint hook, int mask, int count);

    /// <summary>What a script has taken so far.</summary>
    private sealed class Watch(ScriptLimits limits, TimeProvider time)
    {
        private readonly long _started = time.GetTimestamp();
        private long _instructions;

        /// <summary>Why the script must end; null while it need not.</summary>
        public string? Reason { get; private set; }

        /// <summary>Counts what was run; tells whether the script must end.</summary>
        public bool Counts(int instructions)
        {
            _instructions += instructions;
            if (_instructions > limits.Instructions)
            {
                Reason = $"The script ran more than {limits.Instructions} instructions and was stopped: make it do less, and check that its loops end.";
            }
            else if (time.GetElapsedTime(_started) > limits.Time)
            {
                Reason = $"The script ran longer than {limits.Time.TotalSeconds:0.###} seconds and was stopped: make it do less, and check that its loops end.";
            }

            return Reason is not null;
        }
    }
}
