namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>
/// Finds the values that two alternatives have in common before a text tells them apart. While it does not, llama.cpp keeps both
/// readings; if such a value is again a choice of this kind, the readings double with every level.
/// </summary>
internal sealed class SharedBeginning(SchemaReader reader, Disjointness disjointness)
{
    private const int MaxComparisons = 100_000;

    private int _comparisons;

    /// <summary>The schemas of each value that a text for the one may share with a text for the other.</summary>
    public IEnumerable<IReadOnlyList<LocatedSchema>> Between(SchemaFacts left, SchemaFacts right)
    {
        var shared = left.MadeTypes & right.MadeTypes;
        return [
            .. shared.HasFlag(JsonTypes.Object) ? InObjects(ObjectShape.Of(left), ObjectShape.Of(right)) : [],
            .. shared.HasFlag(JsonTypes.Array) ? InArrays(ArrayShape.Of(left), ArrayShape.Of(right)) : [],
        ];
    }

    private IEnumerable<IReadOnlyList<LocatedSchema>> InObjects(ObjectShape left, ObjectShape right)
    {
        var seen = new HashSet<(int, int)>();
        var open = new Stack<(int Left, int Right)>([(0, 0)]);
        while (open.TryPop(out var at))
        {
            if (!seen.Add(at))
            {
                continue;
            }

            foreach (var (mine, yours) in SameKeys(Next(left, at.Left), Next(right, at.Right)))
            {
                if (MayAgree(mine.Schemas, yours.Schemas))
                {
                    yield return mine.Schemas;
                    yield return yours.Schemas;
                    open.Push((mine.After, yours.After));
                }
            }
        }
    }

    private IEnumerable<IReadOnlyList<LocatedSchema>> InArrays(ArrayShape left, ArrayShape right)
    {
        var places = Math.Max(left.Prefix.Count, right.Prefix.Count) + 1;
        for (var i = 0; i < places && left.At(i) is { } mine && right.At(i) is { } yours && MayAgree(mine, yours); i++)
        {
            yield return mine;
            yield return yours;
        }
    }

    private bool MayAgree(IReadOnlyList<LocatedSchema> left, IReadOnlyList<LocatedSchema> right)
    {
        if (++_comparisons > MaxComparisons)
        {
            throw SchemaRefusal.Schema("#", "has too many alternatives that begin alike; give each a first property with another \"const\"");
        }

        return !disjointness.Evident(reader.Read(left), reader.Read(right));
    }

    // What may come next after the first so many declared properties: each up to the next required one, then any other.
    private static List<Member> Next(ObjectShape shape, int from)
    {
        var next = new List<Member>();
        for (var i = from; i < shape.Properties.Count; i++)
        {
            var property = shape.Properties[i];
            next.Add(new Member(property.Name, property.Schemas, i + 1, shape));
            if (property.Required)
            {
                return next;
            }
        }

        if (shape.Additional is { } schemas)
        {
            next.Add(new Member(null, schemas, shape.Properties.Count, shape));
        }

        return next;
    }

    private static IEnumerable<(Member Left, Member Right)> SameKeys(List<Member> left, List<Member> right)
    {
        var named = right.Where(member => member.Name is not null).ToDictionary(member => member.Name!);
        var other = right.Find(member => member.Name is null);
        foreach (var mine in left)
        {
            if (mine.Name is null)
            {
                foreach (var yours in right.Where(member => member.Name is null || !mine.Shape.Declares(member.Name)))
                {
                    yield return (mine, yours);
                }
            }
            else if (named.TryGetValue(mine.Name, out var same))
            {
                yield return (mine, same);
            }
            else if (other is not null && !other.Shape.Declares(mine.Name))
            {
                yield return (mine, other);
            }
        }
    }

    /// <summary>A member that may come next; one without a name is any that is not declared.</summary>
    private sealed record Member(string? Name, IReadOnlyList<LocatedSchema> Schemas, int After, ObjectShape Shape);
}
