using System.Collections.Frozen;

namespace PersonalAi.Assistant.Privacy.Redaction.Names;

/// <summary>The words that stand in, before and behind names of people, folded.</summary>
internal static class NameWords
{
    /// <summary>Titles, which nothing but a name follows.</summary>
    public static readonly FrozenSet<string> Titles = Set(
        "mr mrs ms miss mx dr prof professor doctor sir madam madame mme mlle monsieur lady lord herr frau fraulein senor senora senorita sr sra srta don dona signor signora "
        + "rev reverend father fr sister brother pastor rabbi imam capt captain lt sgt sergeant col colonel gen major judge justice senator detective officer nurse uncle aunt auntie "
        + "grandma grandpa dhr mevr mw pan pani hr pr dra");

    /// <summary>Small words within names: "Ludwig van Beethoven".</summary>
    public static readonly FrozenSet<string> Particles = Set("van von de der den da das dos do del della di du la le bin ibn bint al el ten ter af av zu zur e y");

    /// <summary>Words of grammar: no part of a name, whatever else they are somewhere.</summary>
    public static readonly FrozenSet<string> Grammar = Set(
        "a an the this that these those my your his her its our their i you he she it we they me him us them and or but nor so yet for if then than when while because as "
        + "at by from in into of on onto to up with without within about above after against along among around before behind below beneath beside between beyond during "
        + "except inside like near off out outside over since through till toward under until upon via am is are was were be been being have has had having do does did "
        + "doing done will would shall should can could may might must ought not no yes ok okay hi hello hey dear thanks thank please sorry what who whom whose which where why how "
        + "all any both each every few more most much many some such none one two three other another same own too very just also only even still again ever never now here there "
        + "today tomorrow yesterday maybe perhaps let lets let's go get got make made see say said says tell told ask asked call called need want know think good great well ok "
        + "i'm i'll i'd i've it's that's there's what's who's he's she's don't doesn't didn't won't can't couldn't wouldn't isn't aren't wasn't you're we're they're c'mon "
        + "january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday "
        + "new old first last next iban bic swift ssn dob zip cc cvv pin vat id imei nif nie dni bsn nhs plz sms url ip "
        + "der die das ein eine und oder ich ist sie wir mit von fur le les un une et ou je tu il nous vous est el los las una yo y es lo gli il che");

    /// <summary>What makes organisations of names: "Morrison Group".</summary>
    public static readonly FrozenSet<string> Organisations = Set(
        "inc incorporated llc llp ltd limited corp corporation group company co gmbh ag kg sa nv bv plc ab oy oyj asa as spa srl sarl orchestra university universitat universite "
        + "institute college bank foundation associates partners holdings insurance school hospital clinic airport station church cathedral museum theatre theater stadium ministry "
        + "department agency committee council party union league club country team fc united band records press news times journal post magazine studios pictures entertainment "
        + "technologies technology systems software solutions services industries international global media labs capital ventures law act test theorem algorithm effect prize award "
        + "award cup festival tower bridge river lake mountain island park street road avenue lane square hotel restaurant cafe bar supermarket airlines motors awards");

    /// <summary>What stands before a name and before little else: "named Luís", "Directed by".</summary>
    public static readonly FrozenSet<string> SurelyBefore = Set("named called nicknamed ne nee maiden signed surname alias spouse husband wife");

    /// <summary>Who somebody is to another, how one says who one is, and how an answer is told: "my guardian Samir", "I'm Ján", "said Gladys".</summary>
    public static readonly FrozenSet<string> ClosestBefore = Set(
        "said replied whispered shouted cried laughed i'm guardian friend colleague boss manager partner son daughter mother father mom mum dad brother sister cousin nephew "
        + "niece uncle aunt grandmother grandfather neighbour neighbor girlfriend boyfriend fiance fiancee roommate flatmate landlord teacher assistant therapist dentist");

    /// <summary>What one does with somebody: "spoke to Dzhambek".</summary>
    public static readonly FrozenSet<string> DoneTo = Set("speak spoke speaking talk talked talking married belongs belong belonging said gave given introduce introduced according attributed dedicated registered addressed assigned");

    /// <summary>What one does at somebody: "shouted at Gary".</summary>
    public static readonly FrozenSet<string> DoneAt = Set("shouted shouting shouts yelled yelling yells laughed laughing laughs smiled smiling smiles looked looking looks stared staring angry mad waved waving screamed");

    /// <summary>What belongs to people: "Matej's address".</summary>
    public static readonly FrozenSet<string> Belongings = Set(
        "address phone number email e-mail mail wife husband mother father mom mum dad parents birthday name house home son daughter brother sister friend boss office account car dog cat "
        + "life death hair face hand hands eyes voice wedding funeral family children kids cousin uncle aunt doctor job salary letter diary room apartment flat");

    /// <summary>How letters end: "Kind regards," and a name on the next line.</summary>
    public static readonly FrozenSet<string> Closings = Set("regards sincerely best thanks cheers yours love wishes greetings faithfully truly xoxo you");

    /// <summary>How words for a people end.</summary>
    public static readonly string[] Peoples = ["ian", "ians", "ese", "ish", "ean", "eans", "stani", "stanis"];

    /// <summary>What one thing of a kind follows, and seldom a name: "the Clark Orchestra", "my IBAN".</summary>
    public static readonly FrozenSet<string> Determiners = Set("the a an my your his her our its their this that these those every some any no");

    /// <summary>How one gets to a place: "returned to Kiel".</summary>
    public static readonly FrozenSet<string> Movements = Set("return returned returning move moved moving travel travelling traveling travelled traveled go going went goes come came fly flew flying drive drove driving trip flight way back");

    /// <summary>Who has a name, and not what.</summary>
    public static readonly FrozenSet<string> Living = Set("lives lived resides married died grew smiled laughed cried whispered shouted replied sings cooks weighs");

    /// <summary>How somebody is spoken to behind their name and a comma.</summary>
    public static readonly FrozenSet<string> Addressed = Set("can could would will please do are have i you let thank thanks what why how when where we");

    /// <summary>What often stands before a name.</summary>
    public static readonly FrozenSet<string> OftenBefore = Set(
        "by with to for tell told ask asked hi hello hey dear thanks bye this it's that's meet met says call contact email mail write and or under than add remove include including replace doctor lawyer director "
        + "president minister actor actress singer songwriter author writer player captain coach starring featuring like heard why how does did is was has when about if because that but "
        + "commenter founder chef artist poet guitarist drummer composer produced directed written sung early late young customer client patient attn cc from: to: user assistant");

    /// <summary>What places follow: "in Cologne", "from Goiânia".</summary>
    public static readonly FrozenSet<string> BeforePlaces = Set("in at from near around outside visit visiting visited across throughout southern northern eastern western south north east west of city town");

    /// <summary>What people do, behind their name.</summary>
    public static readonly FrozenSet<string> Verbs = Set(
        "is was has had says said asked told wrote writes lives lived works worked called calls thinks thought wants wanted likes loves hates knows knew went goes came comes "
        + "spent gave gives took takes made makes bought sold moved visited arrived left died married studied listed points pointed sang played plays sent sends speaks spoke "
        + "will would can could should does did who whose listens replied answered added explained noted claims claimed argued believes suggested recommended turned");

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
