using System.Runtime.InteropServices;

namespace PersonalAi.Tests.Fakes;

/// <summary>The engine's own answers, to check our tables against; its libraries stay loaded, as they depend on each other.</summary>
internal static class EngineLibrary
{
    private static readonly nint Base = Load("ggml-base");
    private static readonly nint Llama = LoadLlama();

    public static unsafe long BlockElements(uint type) => ((delegate* unmanaged<uint, long>)NativeLibrary.GetExport(Base, "ggml_blck_size"))(type);

    public static unsafe nuint BlockBytes(uint type) => ((delegate* unmanaged<uint, nuint>)NativeLibrary.GetExport(Base, "ggml_type_size"))(type);

    public static unsafe string FileTypeName(uint fileType) =>
        Marshal.PtrToStringUTF8(((delegate* unmanaged<uint, nint>)NativeLibrary.GetExport(Llama, "llama_ftype_name"))(fileType))!;

    private static nint LoadLlama()
    {
        Load("ggml.");
        return Load("llama.");
    }

    private static nint Load(string name) => NativeLibrary.Load(
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "engine"), "*", SearchOption.AllDirectories)
            .Single(path => Path.GetFileName(path).Replace("lib", "", StringComparison.Ordinal).StartsWith(name, StringComparison.Ordinal)));
}
