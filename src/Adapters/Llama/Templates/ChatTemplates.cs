using System.Security.Cryptography;
using System.Text;

namespace PersonalAi.Adapters.Llama.Templates;

/// <summary>Finds the template of a model.</summary>
public static class ChatTemplates
{
    /// <summary>The name that stands for Llama 2's own format.</summary>
    public const string Llama2 = "llama-2";

    /// <summary>The name that stands for the format of Zephyr and TinyLlama Chat.</summary>
    public const string Zephyr = "zephyr";

    /// <summary>Every name that can be set by hand.</summary>
    /// <param name="library">The engine, some of whose formats they are.</param>
    public static IReadOnlyList<string> Names(LlamaLibrary library)
    {
        ArgumentNullException.ThrowIfNull(library);
        return AllNames();
    }

    private static IReadOnlyList<string> AllNames() => [.. BuiltInTemplate.Names().Union([Llama2, Zephyr]).Order(StringComparer.Ordinal)];

    /// <summary>Names the template that a model file carries, for people; null where it carries none.</summary>
    /// <param name="library">The engine, which recognises some of them.</param>
    /// <param name="source">The Jinja source in the file's <c>tokenizer.chat_template</c>.</param>
    public static string? Describe(LlamaLibrary library, string? source)
    {
        ArgumentNullException.ThrowIfNull(library);
        return source is null ? null : Detect(source)?.Name ?? $"unknown ({Fingerprint(source)})";
    }

    /// <summary>The template to use for a model.</summary>
    /// <param name="source">The Jinja source that the file carries, or null.</param>
    /// <param name="name">The user's choice, which goes before the file's; null to detect.</param>
    /// <returns>Null where the model has no template: it is a base model.</returns>
    /// <exception cref="ModelException">The name, or what the file carries, is not known (<see cref="ModelError.Unsupported"/>).</exception>
    internal static ChatTemplate? Choose(string? source, string? name)
    {
        if (name is not null)
        {
            return ByName(name)
                ?? throw new ModelException(ModelError.Unsupported, $"There is no chat template \"{name}\": choose one of {string.Join(", ", AllNames())}.");
        }

        return source is null
            ? null
            : Detect(source)
                ?? throw new ModelException(
                    ModelError.Unsupported,
                    $"The model's chat template, {Fingerprint(source)}, is not known: set one by hand with --template (\"pai models templates\" lists them), or use \"pai ask --raw\".");
    }

    private static ChatTemplate? ByName(string name) => name.ToLowerInvariant() switch
    {
        Llama2 or "llama2" => new Llama2Template(),
        Zephyr => new ZephyrTemplate(),
        _ => BuiltInTemplate.ByName(name),
    };

    // llama.cpp takes Llama 2's template for a variant that drops the spaces round answers and the tokens between exchanges, and
    // TinyLlama's for another model's: what it gets wrong is written here and looked at first.
    private static ChatTemplate? Detect(string source)
    {
        if (source.Contains("[INST]", StringComparison.Ordinal) && source.Contains("<<SYS>>", StringComparison.Ordinal))
        {
            return new Llama2Template();
        }

        return ZephyrTemplate.Recognises(source) ? new ZephyrTemplate() : BuiltInTemplate.Recognise(source);
    }

    private static string Fingerprint(string source)
    {
        var start = source.ReplaceLineEndings(" ").Trim();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..8];
        return $"\"{(start.Length > 40 ? start[..40] + "..." : start)}\" (sha256 {hash})";
    }
}
