namespace PersonalAi.Adapters.Models;

/// <summary>A bundled model that comes as published for PyTorch.</summary>
/// <param name="weights">The safetensors file within the folder of the source.</param>
/// <param name="title">What its makers call it.</param>
/// <param name="sha256">The hash of that file, so that a damaged source is told from a changed conversion.</param>
internal sealed class ConvertedModel(string weights, string title, string sha256) : BundledModel
{
    internal override ModelStage Stage => ModelStage.Converting;

    internal override void Write(string folder, Stream output)
    {
        var source = Path.Combine(folder, weights);
        var actual = ModelHash.Of(source);
        if (actual != sha256)
        {
            throw ModelHash.Changed(source, sha256, actual, "build the project again");
        }

        BertConverter.Convert(folder, weights, title, output);
    }
}
