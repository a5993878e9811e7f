using System.Globalization;
using System.Text.Json;
using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>
/// Turns the schemas of one document into the rules of one grammar. What holds other values gets a rule of its own, made later in
/// turn, so that neither depth nor recursion of a schema is depth of the stack.
/// </summary>
internal sealed class SchemaCompiler
{
    private readonly SchemaReader _reader;
    private readonly GbnfGrammar _grammar = new();
    private readonly JsonRules _json;
    private readonly ObjectRules _objects;
    private readonly ArrayRules _arrays;
    private readonly StringRules _strings;
    private readonly NumberRules _numbers;
    private readonly ChoiceCheck _choices;

    private readonly Dictionary<string, GbnfNode?> _values = [];
    private readonly Dictionary<string, string> _pointers = [];
    private readonly Queue<(GbnfNode.Reference Rule, SchemaFacts Facts)> _pending = [];

    private SchemaCompiler(SchemaDocument document)
    {
        _reader = new SchemaReader(document);
        var root = _grammar.Reserve("root");
        _json = new JsonRules(_grammar);
        _objects = new ObjectRules(_grammar, _json, this);
        _arrays = new ArrayRules(_grammar, _json, this);
        _strings = new StringRules(_grammar, _json);
        _numbers = new NumberRules(_grammar, _json);
        _choices = new ChoiceCheck(_reader, _grammar);
        Begin(root, _reader.Target(document.Root));
    }

    public static string Compile(JsonElement schema) => Build(schema).Write();

    /// <summary>The rules for the values that meet a schema, <c>root</c> first.</summary>
    /// <exception cref="ModelException">The schema is invalid, or cannot be enforced (<see cref="ModelError.Unsupported"/>).</exception>
    public static GbnfGrammar Build(JsonElement schema)
    {
        var compiler = new SchemaCompiler(new SchemaDocument(schema));
        while (compiler._pending.TryDequeue(out var next))
        {
            compiler._grammar.Define(next.Rule, compiler.Body(next.Facts, next.Rule.Rule));
        }

        LeftmostSearch.RefuseUnlessShort(compiler._grammar);
        compiler._choices.RefuseManyReadings(compiler.RuleOf, compiler._pointers);
        return compiler._grammar;
    }

    /// <summary>What a value that must meet all these schemas looks like, or null where none can.</summary>
    public GbnfNode? ValueOf(IReadOnlyList<LocatedSchema> schemas, string hint)
    {
        var targets = schemas.Select(_reader.Target).DistinctBy(schema => schema.Pointer).ToList();
        var key = string.Join('\n', targets.Select(schema => schema.Pointer));
        if (!_values.TryGetValue(key, out var value))
        {
            // Making it can ask for the same value again only through the queue, which finds it here.
            _values[key] = value = Make(_reader.Read(targets), targets, schemas, hint);
        }

        return value;
    }

    /// <summary>A key that must meet a schema.</summary>
    public GbnfNode KeyOf(LocatedSchema schema, string hint)
    {
        var facts = _reader.Read([schema]);
        facts.Types = (facts.Types ?? JsonTypes.String) & JsonTypes.String;
        return facts.Choices.Count == 0 && facts.Contradiction is null && facts.Types != JsonTypes.None
            ? Leaf(facts, hint)
            : throw SchemaRefusal.Keyword("propertyNames", schema.Pointer, "use one \"enum\", \"pattern\" or length");
    }

    // The rule that was made for a value that holds others; what holds none has no choice in it that could multiply.
    private string? RuleOf(IReadOnlyList<LocatedSchema> schemas) =>
        ValueOf(schemas, "value") is GbnfNode.Reference { Rule: var rule } && _pointers.ContainsKey(rule) ? rule : null;

    private void Begin(GbnfNode.Reference rule, LocatedSchema schema)
    {
        var facts = _reader.Read([schema]);
        _values[schema.Pointer] = rule;
        _pointers[rule.Rule] = schema.Pointer;
        _pending.Enqueue((rule, facts));
    }

    private GbnfNode? Make(SchemaFacts facts, List<LocatedSchema> targets, IReadOnlyList<LocatedSchema> schemas, string hint)
    {
        if (facts.Contradiction is not null)
        {
            return null;
        }

        if (facts.Choices.Count == 0 && (facts.Values is not null || IsScalar(facts.MadeTypes) || facts.Keywords.Count == 0))
        {
            return Leaf(facts, hint);
        }

        // A definition lends its name to the rule that all references to it share.
        var named = schemas is [var only] && only.Pointer != targets[0].Pointer ? targets[0].Pointer.Split('/')[^1] : hint;
        var rule = _grammar.Reserve(named);
        _pointers[rule.Rule] = targets[0].Pointer;
        _pending.Enqueue((rule, facts));
        return rule;
    }

    private GbnfNode Body(SchemaFacts facts, string name)
    {
        if (facts.Contradiction is { } contradiction)
        {
            throw SchemaRefusal.Schema(_pointers[name], $"{contradiction}, so that no value meets it; correct it");
        }

        return facts.Choices.Count == 0 ? Leaf(facts, name) : Choice(facts, name);
    }

    private GbnfNode Choice(SchemaFacts facts, string name)
    {
        var cases = _choices.Add(name, facts);
        var place = facts.Choices[0].Place;

        // Alternatives that stand alone become values of their own, so that equal ones share a rule.
        var alone = facts.Choices.Count == 1 && facts.Keywords.Count == 0;
        var alternatives = alone
            ? facts.Choices[0].Alternatives.Select((alternative, i) => ValueOf([alternative], string.Create(CultureInfo.InvariantCulture, $"{name}-{i + 1}")))
            : cases.Where(each => each.Contradiction is null).Select(each => Leaf(each, name));
        var possible = alternatives.OfType<GbnfNode>().Distinct().ToList();
        return possible.Count > 0
            ? GbnfNode.OneOf(possible)
            : throw SchemaRefusal.Invalid(place.Keyword, place.Pointer, "has no alternative that a value could meet; correct one");
    }

    private GbnfNode Leaf(SchemaFacts facts, string name)
    {
        if (facts.Values is not null)
        {
            return Listed(facts, name);
        }

        if (facts.Keywords.Count == 0 && facts.Types is null)
        {
            return _json.AnyValue;
        }

        var types = facts.MadeTypes;
        var alternatives = new List<GbnfNode>();
        Add(JsonTypes.Object, () => _objects.Build(facts, name));
        Add(JsonTypes.Array, () => _arrays.Build(facts, name));
        Add(JsonTypes.String, () => _strings.Build(facts));
        Add(JsonTypes.Number, () => _numbers.BuildNumber(facts));
        Add(JsonTypes.Integer, () => types.HasFlag(JsonTypes.Number) ? null : _numbers.BuildInteger(facts));
        Add(JsonTypes.Boolean, () => JsonRules.Boolean);
        Add(JsonTypes.Null, () => JsonRules.Null);
        return GbnfNode.OneOf(alternatives);

        void Add(JsonTypes type, Func<GbnfNode?> build)
        {
            if (types.HasFlag(type) && build() is { } alternative)
            {
                alternatives.Add(alternative);
            }
        }
    }

    private GbnfNode Listed(SchemaFacts facts, string name)
    {
        var values = ValueList.Of(facts);
        if (values.Count == 0)
        {
            var keyword = facts.Keywords.ContainsKey("enum") ? "enum" : "const";
            throw SchemaRefusal.Invalid(keyword, facts.Keywords[keyword], "lists no value that meets the other keywords; correct one");
        }

        var written = values.Select(value => JsonText.Value(value, _json.Space)).ToList();
        var list = written.Count > 1 && written.All(value => value is GbnfNode.Literal)
            ? LiteralTree.OneOf(written.Cast<GbnfNode.Literal>().Select(literal => literal.Value))
            : GbnfNode.OneOf(written.DistinctBy(GbnfText.Write));
        return written.Count > 1 ? _grammar.Share(name, list) : list;
    }

    private static bool IsScalar(JsonTypes types) => (types & (JsonTypes.Object | JsonTypes.Array)) == JsonTypes.None;
}
