namespace PersonalAi.Memory.Recall.Time.Languages;

/// <summary>How Italian speaks of time.</summary>
internal static class Italian
{
    private static readonly string[] Ones = ["uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"];

    private static readonly string[] Tens = ["venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"];

    public static Vocabulary Words() => new Vocabulary()
        .AddCommon("il lo la i gli le di del della e che cosa ho un una con per mi sono")
        .AddInOrder(Role.Month, 1, "gennaio|gen?", "febbraio|feb?", "marzo|mar?", "aprile|apr?", "maggio|mag?", "giugno|giu?", "luglio|lug?", "agosto|ago?",
            "settembre|set?", "ottobre|ott?", "novembre|nov?", "dicembre|dic?")
        .AddInOrder(Role.Weekday, 0, "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")
        .AddInOrder(Role.Number, 0, "zero", "uno|un|una|un'", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici",
            "tredici", "quattordici", "quindici", "sedici", "diciassette", "diciotto", "diciannove")
        .AddInOrder(Role.Number, 20, Compounds())
        .Add(Role.Number, 10, "una decina di").Add(Role.Number, 100, "cento")
        .Add(Role.Ordinal, 1, "primo").Add(Role.OrdinalMark, "º|o|°")
        .Add(Role.Couple, "un paio di|paio di").Add(Role.Few, "alcuni|alcune|qualche|pochi|poche|parecchi|parecchie|diversi|diverse")
        .Add(TimeUnit.Second, "secondo|secondi").Add(TimeUnit.Minute, "minuto|minuti").Add(TimeUnit.Hour, "ora|ore")
        .Add(TimeUnit.Day, "giorno|giorni").Add(TimeUnit.Week, "settimana|settimane").Add(TimeUnit.Month, "mese|mesi").Add(TimeUnit.Quarter, "trimestre|trimestri")
        .Add(TimeUnit.Year, "anno|anni").Add(Role.HalfYear, "mezzo anno")
        .Add(Role.Weekend, "fine settimana|weekend|week-end")
        .AddInOrder(Role.Quarter, 1, "q1|t1?|primo trimestre", "q2|t2?|secondo trimestre", "q3|t3?|terzo trimestre", "q4|t4?|quarto trimestre")
        .AddInOrder(Role.Half, 1, "primo semestre", "secondo semestre")
        .AddInOrder(Role.DayOffset, -2, "l'altro ieri|ieri l'altro|altroieri|avantieri", "ieri", "oggi|adesso", "domani", "dopodomani")
        .Add(DayPart.Morning, "mattina|mattino").Add(DayPart.Afternoon, "pomeriggio").Add(DayPart.Evening, "sera").Add(DayPart.Night, "notte")
        .Add(Role.TodayPart, (int)DayPart.Morning, "stamattina|stamane|stamani").Add(Role.TodayPart, (int)DayPart.Evening, "stasera")
        .Add(Role.TodayPart, (int)DayPart.Night, "stanotte").Add(Role.YesterdayPart, (int)DayPart.Night, "la scorsa notte|la notte scorsa")
        .Add(Role.Which, -1, "scorso|scorsa|scorsi|scorse|passato|passata").Add(Role.Which, 0, "questo|questa|questi|queste|quest'")
        .Add(Role.Which, 1, "prossimo|prossima|prossimi|prossime").Add(Role.Which, -2, "penultimo|penultima")
        .Add(Role.WhichAfter, -1, "scorso|scorsa|scorsi|scorse|passato|passata|precedente").Add(Role.WhichAfter, 0, "corrente|in corso")
        .Add(Role.WhichAfter, 1, "prossimo|prossima|che viene|entrante")
        .Add(Role.Past, "ultimo|ultima|ultimi|ultime|passati|passate")
        .Add(Role.Ago, "fa|or sono").Add(Role.FromNow, "dopo|più tardi").Add(Role.FromNowBefore, "tra|fra|in")
        .Add(Role.Between, "tra|fra").Add(Role.And, "e|ed").Add(Role.From, "da|dal|dalla|dall'").Add(Role.To, "a|al|alla|all'|fino a|fino al|-")
        .Add(Role.Since, "da|dal|dalla|dall'|a partire da|a partire dal|sin da|fin da").Add(Role.Before, "prima di|prima del|prima della|prima dell'")
        .Add(Role.After, "dopo|dopo il|dopo la").Add(Role.Until, "fino a|fino al|fino alla|entro|entro il")
        .Add(Role.In, "in|a|ad|nel|nella|nello|nell'|di|del|della|dello|dell'|il|durante|per|negli|nelle").Add(Role.Of, "di|del|della|dello|dell'")
        .Add(Role.Article, "il|lo|la|i|gli|le|l'")
        .Add(Role.InYear, "nel|nell'anno|anno|l'anno|del|dal").Add(Role.At, "alle|all'").Add(Role.AmPm, -1, "di mattina|del mattino")
        .Add(Role.AmPm, 1, "di sera|del pomeriggio").Add(Role.Hour, 12, "mezzogiorno|a mezzogiorno").Add(Role.Hour, 0, "mezzanotte|a mezzanotte");

    // A vowel begins one and eight, and drops the last of the ten before it: ventuno, ventotto.
    private static IEnumerable<string> Compounds() => Tens.SelectMany(tens =>
        Ones.Select(one => one[0] is 'u' or 'o' ? tens[..^1] + (one == "uno" ? $"{one}|{tens[..^1]}un" : one) : tens + one).Prepend(tens));
}
