namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>The sentences with which a schema is refused; each names the keyword and the place.</summary>
internal static class SchemaRefusal
{
    /// <summary>A keyword whose meaning a grammar cannot hold.</summary>
    public static ModelException Keyword(string keyword, string pointer, string remedy = "remove it") =>
        Refuse($"The JSON schema keyword \"{keyword}\" at \"{pointer}\" cannot be enforced by a grammar; {remedy}.");

    /// <summary>A keyword that stands wrongly, or a value that no keyword takes.</summary>
    public static ModelException Invalid(string keyword, string pointer, string fault) =>
        Refuse($"The JSON schema keyword \"{keyword}\" at \"{pointer}\" {fault}.");

    /// <summary>A schema that no value can meet, or that is none.</summary>
    public static ModelException Schema(string pointer, string fault) => Refuse($"The JSON schema at \"{pointer}\" {fault}.");

    private static ModelException Refuse(string message) => new(ModelError.Unsupported, message);
}
