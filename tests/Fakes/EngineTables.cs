using System.Runtime.InteropServices;
using PersonalAi.Adapters.Llama.Native;

namespace PersonalAi.Tests.Fakes;

/// <summary>The engine's own answers to what our tables say, from exports that the product has no use for.</summary>
internal static class EngineTables
{
    private static readonly EngineFiles Files = EngineFiles.Find(Engine.Library.Folder);
    private static readonly nint GgmlBase = NativeLibrary.Load(Files.GgmlBasePath);
    private static readonly nint Llama = NativeLibrary.Load(Files.LlamaPath);

    public static unsafe long BlockElements(uint type) => ((delegate* unmanaged<uint, long>)NativeLibrary.GetExport(GgmlBase, "ggml_blck_size"))(type);

    public static unsafe nuint BlockBytes(uint type) => ((delegate* unmanaged<uint, nuint>)NativeLibrary.GetExport(GgmlBase, "ggml_type_size"))(type);

    public static unsafe string FileTypeName(uint fileType) =>
        Marshal.PtrToStringUTF8(((delegate* unmanaged<uint, nint>)NativeLibrary.GetExport(Llama, "llama_ftype_name"))(fileType))!;
}
