namespace PersonalAi.Memory.Recall.Time.Languages;

/// <summary>How French speaks of time.</summary>
internal static class French
{
    public static Vocabulary Words() => new Vocabulary()
        .AddCommon("le la les de des du et est que qui ce je tu il nous vous ai fait dans pour avec mes mon")
        .AddInOrder(Role.Month, 1, "janvier|janv?", "février|févr?", "mars?", "avril|avr?", "mai?", "juin", "juillet|juil?", "août", "septembre|sept?",
            "octobre|oct?", "novembre|nov?", "décembre|déc?")
        .AddInOrder(Role.Weekday, 0, "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
        .AddInOrder(Role.Number, 0, "zéro", "un|une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
            "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf")
        .Add(Role.Number, 20, "vingt").Add(Role.Number, 30, "trente").Add(Role.Number, 40, "quarante").Add(Role.Number, 50, "cinquante")
        .Add(Role.Number, 60, "soixante").Add(Role.Number, 70, "septante").Add(Role.Number, 80, "quatre-vingt|quatre-vingts|huitante")
        .Add(Role.Number, 90, "nonante").Add(Role.Number, 12, "une douzaine de").Add(Role.Number, 15, "une quinzaine de").Add(Role.Number, 10, "une dizaine de")
        .Add(Role.Number, 100, "cent")
        .Add(Role.Ordinal, 1, "premier").Add(Role.OrdinalMark, "er|re|e|eme")
        .Add(Role.Couple, "deux ou trois").Add(Role.Few, "quelques|plusieurs")
        .Add(TimeUnit.Second, "seconde|secondes").Add(TimeUnit.Minute, "minute|minutes").Add(TimeUnit.Hour, "heure|heures")
        .Add(TimeUnit.Day, "jour|jours").Add(TimeUnit.Week, "semaine|semaines").Add(TimeUnit.Month, "mois").Add(TimeUnit.Quarter, "trimestre|trimestres")
        .Add(TimeUnit.Year, "an|ans|année|années").Add(Role.HalfYear, "six mois")
        .Add(Role.Weekend, "week-end|weekend|fin de semaine")
        .AddInOrder(Role.Quarter, 1, "q1|t1?|premier trimestre|1er trimestre", "q2|t2?|deuxième trimestre|second trimestre|2e trimestre",
            "q3|t3?|troisième trimestre|3e trimestre", "q4|t4?|quatrième trimestre|4e trimestre")
        .AddInOrder(Role.Half, 1, "premier semestre|1er semestre", "second semestre|deuxième semestre|2e semestre")
        .AddInOrder(Role.DayOffset, -2, "avant-hier|avant hier", "hier~", "aujourd'hui|maintenant", "demain", "après-demain|après demain")
        .Add(DayPart.Morning, "matin|au matin").Add(DayPart.Afternoon, "après-midi|après midi|midi").Add(DayPart.Evening, "soir|au soir").Add(DayPart.Night, "nuit")
        .Add(Role.YesterdayPart, (int)DayPart.Night, "la nuit dernière|cette nuit")
        .Add(Role.Which, 0, "ce|cet|cette|ces").Add(Role.Which, 1, "prochain|prochaine|prochains|prochaines")
        .Add(Role.Which, -1, "dernier|dernière|derniers|dernières").Add(Role.Which, -2, "avant-dernière|avant-dernier")
        .Add(Role.WhichAfter, -1, "dernier|dernière|derniers|dernières|passé|passée|précédent|précédente")
        .Add(Role.WhichAfter, 1, "prochain|prochaine|prochains|prochaines|qui vient|à venir").Add(Role.WhichAfter, 0, "-ci|en cours")
        .Add(Role.AgoBefore, "il y a|y a|voici|voilà|il y a environ").Add(Role.FromNow, "plus tard").Add(Role.FromNowBefore, "dans|d'ici")
        .Add(Role.Between, "entre").Add(Role.And, "et").Add(Role.From, "de|du|d'").Add(Role.To, "à|au|jusqu'à|jusqu'au|-")
        .Add(Role.Since, "depuis|depuis le|à partir de|à partir du|dès|dès le").Add(Role.Before, "avant").Add(Role.After, "après").Add(Role.Until, "jusqu'à|jusqu'au|jusqu'en")
        .Add(Role.In, "en|au|à|du|de|d'|dans|le|pendant|durant|au cours de|ce|au mois de|du mois de|au mois d'").Add(Role.Of, "de|du|d'|de la|de l'")
        .Add(Role.Article, "le|la|les|l'")
        .Add(Role.InYear, "en|en l'an|l'année|année|de l'année|depuis").Add(Role.At, "à|vers").Add(Role.AmPm, 0, "h|heures|heure")
        .Add(Role.Hour, 12, "à midi").Add(Role.Hour, 0, "minuit|à minuit");
}
