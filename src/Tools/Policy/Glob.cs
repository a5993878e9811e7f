namespace PersonalAi.Tools.Policy;

/// <summary>A pattern in which <c>*</c> stands for any characters; <c>\*</c> and <c>\\</c> stand for themselves.</summary>
// Not a regular expression: what is matched is written by a model, and a match must take linear time and know no line breaks.
internal sealed class Glob
{
    private readonly List<(Part Kind, char Letter)> _parts = [];
    private readonly bool _ignoresCase;

    private Glob(bool ignoresCase) => _ignoresCase = ignoresCase;

    private enum Part
    {
        Letter,
        AnyInFolder,
        Any,
    }

    /// <summary>How many letters are fixed.</summary>
    public int FixedLength => _parts.Count(part => part.Kind == Part.Letter);

    /// <summary>Whether only one text matches.</summary>
    public bool IsExact => FixedLength == _parts.Count;

    /// <summary>A pattern of texts: a star also stands for slashes and line breaks.</summary>
    public static Glob OfText(string pattern) => Read(pattern, ignoresCase: false, starCrossesFolders: true);

    /// <summary>A pattern of paths with forward slashes: <c>*</c> stands within one name, <c>**</c> for names of any depth.</summary>
    public static Glob OfPath(string pattern) => Read(
        pattern, ignoresCase: OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), starCrossesFolders: false);

    /// <summary>The pattern that only this text matches.</summary>
    public static string Escape(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("*", @"\*", StringComparison.Ordinal);

    /// <summary>The text that a pattern without stars matches.</summary>
    public static string Unescape(string pattern) => string.Concat(OfText(pattern)._parts.Select(part => part.Letter));

    /// <summary>Whether the whole text is as the pattern says.</summary>
    public bool Matches(string text)
    {
        // Every place in the pattern that the text so far can have led to: no backtracking.
        var places = new bool[_parts.Count + 1];
        places[0] = true;
        PassStars(places);
        foreach (var letter in text)
        {
            var next = new bool[places.Length];
            for (var place = 0; place < _parts.Count; place++)
            {
                if (places[place] && Takes(_parts[place], letter))
                {
                    next[_parts[place].Kind == Part.Letter ? place + 1 : place] = true;
                }
            }

            places = next;
            PassStars(places);
        }

        return places[^1];
    }

    private static Glob Read(string pattern, bool ignoresCase, bool starCrossesFolders)
    {
        var glob = new Glob(ignoresCase);
        for (var i = 0; i < pattern.Length; i++)
        {
            var isDouble = pattern[i] == '*' && i + 1 < pattern.Length && pattern[i + 1] == '*';
            var isEscaped = pattern[i] == '\\' && i + 1 < pattern.Length && pattern[i + 1] is '*' or '\\';
            glob._parts.Add(isEscaped ? (Part.Letter, pattern[i + 1])
                : pattern[i] != '*' ? (Part.Letter, pattern[i])
                : (starCrossesFolders || isDouble ? Part.Any : Part.AnyInFolder, default));
            i += isDouble || isEscaped ? 1 : 0;
        }

        return glob;
    }

    private bool Takes((Part Kind, char Letter) part, char letter) => part.Kind switch
    {
        Part.Letter => part.Letter == letter || (_ignoresCase && char.ToUpperInvariant(part.Letter) == char.ToUpperInvariant(letter)),
        Part.AnyInFolder => letter != '/',
        _ => true,
    };

    private void PassStars(bool[] places)
    {
        for (var place = 0; place < _parts.Count; place++)
        {
            places[place + 1] |= places[place] && _parts[place].Kind != Part.Letter;
        }
    }
}
