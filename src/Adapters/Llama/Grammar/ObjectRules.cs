using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>Objects: declared properties in their order, optional ones left out or not, then any others.</summary>
internal sealed class ObjectRules(GbnfGrammar grammar, JsonRules json, SchemaCompiler compiler)
{
    private readonly KeyRules _keys = new(grammar, json);

    public GbnfNode Build(SchemaFacts facts, string name)
    {
        var shape = ObjectShape.Of(facts);
        var members = new MemberList(facts, [.. Members(facts, shape, name)], Additional(facts, shape, name));
        return GbnfNode.Join(GbnfNode.Text("{"), Inside(members, name), GbnfNode.Text("}"));
    }

    private IEnumerable<ObjectMember> Members(SchemaFacts facts, ObjectShape shape, string name)
    {
        foreach (var property in shape.Properties)
        {
            RefuseNames(facts, property);
            var value = compiler.ValueOf(property.Schemas, $"{name}-{property.Name}");
            if (value is not null)
            {
                yield return new ObjectMember(json.Member(GbnfNode.Text(JsonText.Quote(property.Name)), value), property.Required);
            }
            else if (property.Required)
            {
                throw SchemaRefusal.Invalid("required", facts.Keywords["required"], $"names \"{property.Name}\", which can have no value; correct its schema");
            }
        }
    }

    private GbnfNode? Additional(SchemaFacts facts, ObjectShape shape, string name)
    {
        if (shape.Additional is not { } schemas || compiler.ValueOf(schemas, $"{name}-value") is not { } value)
        {
            return null;
        }

        var key = facts.PropertyNames is { } names ? compiler.KeyOf(names, $"{name}-key") : _keys.Except([.. shape.Properties.Select(property => property.Name)], name);
        return json.Member(key, value);
    }

    private GbnfNode Inside(MemberList members, string name)
    {
        var more = members.Additional is null || members.MaxAdditional == 0
            ? GbnfNode.Empty
            : grammar.Repeat(GbnfNode.Join(json.Comma, members.Additional), 0, members.MaxAdditional);
        var firstRequired = members.Declared.FindIndex(member => member.Required);
        return firstRequired >= 0 ? AroundRequired(members.Declared, firstRequired, more) : AllOptional(members, more, name);
    }

    // (a ",")? (b ",")? required ("," c)? ("," d)?
    private GbnfNode AroundRequired(List<ObjectMember> members, int firstRequired, GbnfNode more) => GbnfNode.Join([
        .. members.Take(firstRequired).Select(member => GbnfNode.Join(member.Node, json.Comma).OrNothing()),
        members[firstRequired].Node,
        .. members.Skip(firstRequired + 1).Select(Following),
        more,
    ]);

    // Whichever comes first has no comma before it: a rest2 | b rest3 | c, with rest2 ::= ("," b)? rest3. So the grammar grows with
    // the number of properties, not with the number of their subsets.
    private GbnfNode AllOptional(MemberList members, GbnfNode more, string name)
    {
        var alternatives = new List<GbnfNode>();
        if (members.Additional is not null && members.MaxAdditional != 0)
        {
            var following = grammar.Repeat(GbnfNode.Join(json.Comma, members.Additional), 0, members.MaxAdditional - 1);
            alternatives.Add(GbnfNode.Join(members.Additional, following));
        }

        var rest = more;
        for (var i = members.Declared.Count - 1; i >= 0; i--)
        {
            alternatives.Insert(0, GbnfNode.Join(members.Declared[i].Node, rest));
            rest = i == 0 ? rest : grammar.Share($"{name}-rest", GbnfNode.Join(Following(members.Declared[i]), rest));
        }

        return alternatives.Count == 0 ? GbnfNode.Empty : members.MayBeEmpty ? GbnfNode.OneOf(alternatives).OrNothing() : GbnfNode.OneOf(alternatives);
    }

    private GbnfNode Following(ObjectMember member)
    {
        var following = GbnfNode.Join(json.Comma, member.Node);
        return member.Required ? following : following.OrNothing();
    }

    private static void RefuseNames(SchemaFacts facts, ObjectProperty property)
    {
        if (facts.PropertyNames is not null)
        {
            throw SchemaRefusal.Keyword("propertyNames", facts.Keywords["propertyNames"], $"the property \"{property.Name}\" is named beside it; remove one of them");
        }
    }
}
