using System.Collections.Frozen;
using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Addresses;

/// <summary>The words that streets, boxes, flats and places are written with, folded.</summary>
internal static class StreetWords
{
    // Kinds of streets before their names: "Rua do Arenque", "ul. Zamkowa".
    private static readonly FrozenSet<string> Before = Set(
        "rua r rue via calle c carrer camino ul ulica avenida avinguda av ave avda avenue piazza piazzale paseo passeig plaza placa boulevard bd bld bulevar chemin "
        + "allee impasse place quai route cours viale corso vicolo largo travessa estrada rodovia praca ronda strada strasse str aleja aleje al os osiedle plac "
        + "namesti nam ulitsa jalan jl rruga odos leoforos alameda callejon carrera cra transversal glorieta beco viela strada bulevardul calea λεωφορος οδος ул улица просп");

    // Of these, the ones that are ordinary words of English or letters: they need their capital.
    private static readonly FrozenSet<string> BeforeCapital = Set("r via c av ave place plaza route cours al os str avenue boulevard largo allee nam");

    // Kinds of streets behind their names, which need no capital: "fourth avenue", "Devon Street".
    private static readonly FrozenSet<string> After = Set(
        "street st road rd avenue ave av lane ln drive boulevard blvd crescent cres terrace tce parade highway hwy parkway pkwy "
        + "utca u ut utja ter tere korut setany str strasse straat gata gatan gade vej vei veien vag vagen katu tie tn mnt pst terrasse sokak sokagi caddesi cad nagar marg");

    // The suffixes of streets that the postal service of the United States knows (Publication 28, appendix C1), and a few of the United Kingdom;
    // most are words, so they need their capital.
    private static readonly FrozenSet<string> AfterCapital = Set(
        "alley ally anex annex arcade bayou beach bend bluff bluffs bottom branch bridge brook brooks burg burgs bypass camp canyon cape causeway center centers "
        + "chase circle cir circles cliff cliffs close club common commons corner corners course court ct courts cove coves creek crest crossing crossroad crossroads "
        + "curve dale dam divide dr drives end estate estates expressway extension extensions fall falls ferry field fields flat flats ford fords forest forge forges "
        + "fork forks fort freeway garden gardens gateway glen glens green greens grove groves harbor harbors haven heights hill hills hollow inlet island "
        + "islands isle junction junctions key keys knoll knolls lake lakes land landing light lights loaf lock locks lodge loop mall manor manors meadow "
        + "meadows mews mill mills mission motorway mount mountain mountains neck orchard oval overpass park parks parkways pass passage path pike pine pines pl place "
        + "plain plains plaza plz point points port ports prairie quay radial ramp ranch rapid rapids rest ridge ridges rise river roads route row rue run shoal "
        + "shoals shore shores skyway spring springs spur spurs sq square squares station stravenue stream streets summit throughway trace track trafficway trail "
        + "tunnel turnpike underpass union unions valley valleys via viaduct view views village villages ville vista walk walks wall way ways well wells yard");

    // Streets in one word: "Tawastintie", "Friedhofstrasse".
    private static readonly string[] Endings =
    [
        "strasse", "str", "gasse", "weg", "platz", "allee", "ring", "damm", "ufer", "steig", "strat", "vagen", "gatan", "gata", "gate", "gaten", "veien", "vegen", "vegur", "vei", "veg",
        "vag", "vej", "gade", "stien", "stigen", "katu", "tie", "kuja", "polku", "kaari", "ranta", "straat", "laan", "plein", "dijk", "kade", "gracht", "hof", "straeti", "braut",
        "gotu", "utca", "lunden", "bakken", "toften", "vaenget", "parken", "alle", "prospekt",
    ];

    private static readonly FrozenSet<string> Particles = Set(
        "de do da dos das del della delle dei degli di du des la le les los las l d van der den het zur zum am an im auf of the e y und et i nad pod u v na st ten ter af og och");

    private static readonly FrozenSet<string> Sides = Set("north south east west n s e w ne nw se sw nord sud est ouest norte sur");

    private static readonly FrozenSet<string> Units = Set(
        "apt apartment suite ste unit flat floor fl room rm building bldg wohnung app appt appartement etage piso puerta depto departamento lok lokal byt stiege lgh box lot office bus");

    private static readonly FrozenSet<string> Cues = Set(
        "address addresses live lives lived living reside resides located location meet meeting move moved moving side corner deliver delivered delivery send ship "
        + "shipped visit enter drops drop drive stay stays staying house home flat office street taxi return parked parking restaurant store branch");

    private static readonly FrozenSet<string> Prepositions = Set("at on in of to from near along opposite behind off across by via is are :");

    /// <param name="token">The word.</param>
    /// <param name="isAfterNumber">Whether the number of a house stands before it, which makes even an ordinary word a street.</param>
    public static bool IsKindBefore(Token token, bool isAfterNumber) =>
        token.IsWord && Before.Contains(token.Folded) && (token.IsCapitalised || isAfterNumber || !BeforeCapital.Contains(token.Folded));

    public static bool IsKindAfter(Token token) => token.IsWord && (After.Contains(token.Folded) || token.IsCapitalised && AfterCapital.Contains(token.Folded));

    /// <summary>Whether it is a kind of street and hardly anything else.</summary>
    public static bool IsCertainKindAfter(Token token) =>
        token.IsCapitalised && token.Folded is "street" or "road" or "avenue" or "lane" or "drive" or "boulevard" or "crescent" or "terrace" or "highway" or "parkway" or "close";

    public static bool IsStreetInOneWord(Token token) =>
        token.IsWord && !token.Is(WordUse.Word) && Array.Exists(Endings, ending => token.Folded.Length > ending.Length + 2 && token.Folded.EndsWith(ending, StringComparison.Ordinal));

    public static bool IsParticle(Token token) => token.IsWord && Particles.Contains(token.Folded);

    public static bool IsSide(Token token) => Sides.Contains(token.Folded);

    public static bool IsUnit(Token token) => token.Is("#") || token.IsWord && Units.Contains(token.Folded);

    public static bool IsCue(Token token) => Cues.Contains(token.Folded);

    public static bool IsPreposition(Token token) => Prepositions.Contains(token.Folded);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
