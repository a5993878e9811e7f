using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models;

public sealed class ModelFileTypeTests
{
    [Fact]
    public void Every_name_is_the_short_form_of_the_engines()
    {
        string?[] engine = [.. Enumerable.Range(0, 60).Select(type => Shorten(EngineTables.FileTypeName((uint)type)))];

        string?[] ours = [.. Enumerable.Range(0, 60).Select(type => ModelFileType.Find((uint)type))];

        Assert.Equal(engine, ours);
    }

    /// <summary>"Q4_K - Medium" is Q4_K_M in every file name; "Q2_K - Medium" came first and is Q2_K; "IQ2_XXS - 2.0625 bpw" is IQ2_XXS.</summary>
    private static string? Shorten(string name) => name switch
    {
        "unknown, may not work" => null,
        "all F32" => "F32",
        "Q2_K - Medium" => "Q2_K",
        "IQ3_S mix - 3.66 bpw" => "IQ3_M",
        "MXFP4 MoE" => "MXFP4_MOE",
        _ => name.Split(" - ") switch
        {
            [var type, "Small" or "Medium" or "Large"] => $"{type}_{name.Split(" - ")[1][0]}",
            [var type, ..] => type,
            [] => name,
        },
    };
}
