namespace PersonalAi.Adapters.Models;

/// <summary>A bundled model that comes in parts, because packages are limited in size.</summary>
/// <param name="parts">The parts' files in their order, within the folder of the source.</param>
internal sealed class AssembledModel(params string[] parts) : BundledModel
{
    internal override ModelStage Stage => ModelStage.Assembling;

    internal override void Write(string folder, Stream output)
    {
        foreach (var part in parts)
        {
            using var source = File.OpenRead(Path.Combine(folder, part));
            source.CopyTo(output, bufferSize: 1 << 20);
        }
    }
}
