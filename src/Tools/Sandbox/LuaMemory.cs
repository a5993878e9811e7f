using System.Runtime.InteropServices;

namespace PersonalAi.Tools.Sandbox;

/// <summary>The memory of one Lua state. What goes beyond the limit is refused, upon which Lua collects its garbage and then raises its own error.</summary>
internal sealed class LuaMemory
{
    private long _used;

    /// <summary>The most bytes that are given out.</summary>
    public long Limit { get; set; } = long.MaxValue;

    /// <summary>Gives, resizes and takes back blocks as <c>lua_Alloc</c> of the Lua 5.4 manual wants it; throws nothing, since Lua calls it.</summary>
    public unsafe nint Allocate(nint block, nuint oldSize, nuint newSize)
    {
        // For a new block the old size is the kind of object that it is for.
        var held = block == 0 ? 0 : (long)oldSize;
        var wanted = (long)newSize;
        if (wanted == 0)
        {
            NativeMemory.Free((void*)block);
            _used -= held;
            return 0;
        }

        // Lua relies on shrinking a block never failing.
        if (wanted > held && (wanted > Limit || _used - held + wanted > Limit))
        {
            return 0;
        }

        nint resized;
        try
        {
            resized = (nint)NativeMemory.Realloc((void*)block, newSize);
        }
        catch (OutOfMemoryException)
        {
            return 0;
        }

        _used += wanted - held;
        return resized;
    }
}
