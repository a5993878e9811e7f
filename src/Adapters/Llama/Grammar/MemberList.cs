using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>A member of an object: key, colon and value.</summary>
internal sealed record ObjectMember(GbnfNode Node, bool Required);

/// <summary>The members of an object after <c>minProperties</c> and <c>maxProperties</c> were taken into account, or refused.</summary>
internal sealed class MemberList
{
    public MemberList(SchemaFacts facts, List<ObjectMember> declared, GbnfNode? additional)
    {
        Declared = declared;
        Additional = additional;
        MayBeEmpty = facts.MinProperties == 0;
        ApplyMinimum(facts);
        ApplyMaximum(facts);
    }

    public List<ObjectMember> Declared { get; private set; }

    public GbnfNode? Additional { get; }

    /// <summary>How many additional members there may be, or null without a bound.</summary>
    public long? MaxAdditional { get; private set; }

    /// <summary>Whether there may be no member at all where none is required.</summary>
    public bool MayBeEmpty { get; }

    private int RequiredCount => Declared.Count(member => member.Required);

    private void ApplyMinimum(SchemaFacts facts)
    {
        if (facts.MinProperties <= Math.Max(1, RequiredCount) && (facts.MinProperties == 0 || Declared.Count > 0 || Additional is not null))
        {
            return;
        }

        if (Additional is not null)
        {
            throw SchemaRefusal.Keyword("minProperties", facts.Keywords["minProperties"], "keys might repeat; require properties by name");
        }

        if (facts.MinProperties != Declared.Count)
        {
            throw SchemaRefusal.Keyword("minProperties", facts.Keywords["minProperties"], "require properties by name");
        }

        Declared = [.. Declared.Select(member => member with { Required = true })];
    }

    private void ApplyMaximum(SchemaFacts facts)
    {
        if (facts.MaxProperties is not { } max)
        {
            return;
        }

        MaxAdditional = max - Declared.Count;
        if (MaxAdditional >= 0)
        {
            return;
        }

        if (max < Math.Max(RequiredCount, facts.MinProperties))
        {
            throw SchemaRefusal.Invalid("maxProperties", facts.Keywords["maxProperties"], $"is {max}, less than are required; correct it");
        }

        throw SchemaRefusal.Keyword("maxProperties", facts.Keywords["maxProperties"], "declare no more optional properties than it allows");
    }
}
