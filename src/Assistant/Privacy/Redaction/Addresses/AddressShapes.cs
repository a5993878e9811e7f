using System.Collections.Immutable;

namespace PersonalAi.Assistant.Privacy.Redaction.Addresses;

/// <summary>All ways to write an address; one line for each.</summary>
internal static class AddressShapes
{
    public static ImmutableArray<AddressShape> All { get; } =
    [
        new KindBehindName(),
        new KindBeforeName(),
        new KindInName(),
        new NameBetweenNumbers(),
        new NameBeforeNumber(),
        new StreetAlone(),
        new PostBox(),
        new MilitaryMail(),
        new Corner(),
    ];
}
