using System.Runtime.InteropServices;
using System.Text;

namespace PersonalAi.Adapters.Llama.Native;

/// <summary>NUL-terminated UTF-8 copies of strings, valid for native code until disposed.</summary>
internal sealed unsafe class Utf8Strings : IDisposable
{
    private readonly List<nint> _strings = [];

    public byte* Add(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var copy = (byte*)NativeMemory.Alloc((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(copy, length));
        copy[length] = 0;
        _strings.Add((nint)copy);
        return copy;
    }

    public void Dispose()
    {
        foreach (var text in _strings)
        {
            NativeMemory.Free((void*)text);
        }

        _strings.Clear();
    }
}
