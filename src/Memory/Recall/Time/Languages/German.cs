namespace PersonalAi.Memory.Recall.Time.Languages;

/// <summary>How German speaks of time.</summary>
internal static class German
{
    private static readonly string[] Ones = ["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"];

    private static readonly string[] Tens = ["zwanzig", "dreißig|dreissig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];

    public static Vocabulary Words() => new Vocabulary()
        .AddCommon("ich ist war was der die das und wir nicht mit von den haben hat habe wie wo ein eine mir sind es")
        .AddInOrder(Role.Month, 1, "januar|jänner|jan?", "februar|feber|feb?", "märz|maerz|mär?|mrz?", "april|apr?", "mai?", "juni|jun?", "juli|jul?",
            "august|aug?", "september|sep?|sept?", "oktober|okt?", "november|nov?", "dezember|dez?")
        .AddInOrder(Role.Weekday, 0, "montag|mo?", "dienstag|di?", "mittwoch|mi?", "donnerstag|do?", "freitag|fr?", "samstag|sonnabend|sa?", "sonntag|so?")
        .AddInOrder(Role.Number, 0, "null", "eins|ein|eine|einem|einen|einer", "zwei", "drei", "vier", "fünf|fuenf", "sechs", "sieben", "acht", "neun", "zehn",
            "elf", "zwölf|zwoelf", "dreizehn", "vierzehn", "fünfzehn|fuenfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn")
        .AddInOrder(Role.Number, 20, Compounds())
        .Add(Role.Number, 100, "hundert|einhundert")
        .AddInOrder(Role.Ordinal, 1, "erste|ersten|erster", "zweite|zweiten|zweiter", "dritte|dritten|dritter", "vierte|vierten|vierter",
            "fünfte|fünften|fünfter", "sechste|sechsten|sechster", "siebte|siebten|siebter", "achte|achten|achter", "neunte|neunten|neunter",
            "zehnte|zehnten|zehnter", "elfte|elften|elfter", "zwölfte|zwölften|zwölfter")
        .Add(Role.OrdinalMark, ".")
        .Add(Role.Couple, "ein paar|paar").Add(Role.Few, "einigen|einige|wenigen|mehreren|mehrere")
        .Add(TimeUnit.Second, "sekunde|sekunden").Add(TimeUnit.Minute, "minute|minuten").Add(TimeUnit.Hour, "stunde|stunden")
        .Add(TimeUnit.Day, "tag|tage|tagen|tages").Add(TimeUnit.Week, "woche|wochen").Add(TimeUnit.Month, "monat|monate|monaten|monats")
        .Add(TimeUnit.Quarter, "quartal|quartale|quartalen|quartals").Add(TimeUnit.Year, "jahr|jahre|jahren|jahres")
        .Add(Role.HalfYear, "einem halben jahr|ein halbes jahr|halbes jahr")
        .Add(Role.Weekend, "wochenende|wochenendes")
        .AddInOrder(Role.Quarter, 1, "q1|erstes quartal|ersten quartal|erste quartal|1. quartal", "q2|zweites quartal|zweiten quartal|zweite quartal|2. quartal",
            "q3|drittes quartal|dritten quartal|dritte quartal|3. quartal", "q4|viertes quartal|vierten quartal|vierte quartal|4. quartal")
        .AddInOrder(Role.Half, 1, "erstes halbjahr|ersten halbjahr|erste halbjahr|1. halbjahr|erste jahreshälfte|ersten jahreshälfte",
            "zweites halbjahr|zweiten halbjahr|zweite halbjahr|2. halbjahr|zweite jahreshälfte|zweiten jahreshälfte")
        .AddInOrder(Role.DayOffset, -3, "vorvorgestern", "vorgestern", "gestern", "heute|jetzt", "morgen", "übermorgen|uebermorgen")
        .Add(Role.NoTime, "guten morgen|am morgen|jeden morgen|der morgen|einen morgen|den ganzen morgen")
        .Add(DayPart.Morning, "morgen|früh|vormittag|morgens|vormittags").Add(DayPart.Afternoon, "mittag|nachmittag|mittags|nachmittags")
        .Add(DayPart.Evening, "abend|abends").Add(DayPart.Night, "nacht|nachts")
        .Add(Role.YesterdayPart, (int)DayPart.Night, "letzte nacht|vergangene nacht")
        .Add(Role.Which, -1, "letzte|letzten|letzter|letztes|letztem|vorige|vorigen|voriger|voriges|vorigem|vergangene|vergangenen|vergangener|vergangenes|vergangenem")
        .Add(Role.Which, 0, "diese|diesen|dieser|dieses|diesem")
        .Add(Role.Which, 1, "nächste|nächsten|nächster|nächstes|nächstem|naechste|naechsten|naechstes|kommende|kommenden|kommender|kommendes|kommendem")
        .Add(Role.Which, -2, "vorletzte|vorletzten|vorletzter|vorletztes|vorletztem").Add(Role.Which, 2, "übernächste|übernächsten|übernächster|übernächstes")
        .Add(Role.AgoBefore, "vor|vor etwa|vor ungefähr|vor rund").Add(Role.FromNow, "später").Add(Role.FromNowBefore, "in")
        .Add(Role.Between, "zwischen").Add(Role.And, "und").Add(Role.From, "von|vom").Add(Role.To, "bis|bis zum|bis zur|-")
        .Add(Role.Since, "seit|seit dem|seit der|ab|ab dem").Add(Role.Before, "vor|vor dem|vor der").Add(Role.After, "nach|nach dem|nach der")
        .Add(Role.Until, "bis|bis zum|bis zur")
        .Add(Role.In, "in|im|am|an|vom|von|zum|ab|während|um|für").Add(Role.Of, "des|der|vom|von|im").Add(Role.Article, "der|die|das|dem|den|des")
        .Add(Role.InYear, "in|im jahr|im jahre|jahr|das jahr").Add(Role.At, "um|gegen").Add(Role.AmPm, 0, "uhr")
        .Add(Role.Hour, 0, "mitternacht|um mitternacht");

    private static IEnumerable<string> Compounds() => Tens.SelectMany(tens =>
        Ones.Select(one => string.Join('|', tens.Split('|').Select(ten => $"{one}und{ten}"))).Prepend(tens));
}
