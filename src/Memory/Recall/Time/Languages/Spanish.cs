namespace PersonalAi.Memory.Recall.Time.Languages;

/// <summary>How Spanish speaks of time.</summary>
internal static class Spanish
{
    public static Vocabulary Words() => new Vocabulary()
        .AddCommon("el la los las de del y es que qué en un una con para mi yo hice")
        .AddInOrder(Role.Month, 1, "enero|ene?", "febrero|feb?", "marzo|mar?", "abril|abr?", "mayo", "junio|jun?", "julio|jul?", "agosto|ago?",
            "septiembre|setiembre|sep?|sept?", "octubre|oct?", "noviembre|nov?", "diciembre|dic?")
        .AddInOrder(Role.Weekday, 0, "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
        .AddInOrder(Role.Number, 0, "cero", "uno|un|una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece",
            "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno|veintiún|veintiuna", "veintidós", "veintitrés",
            "veinticuatro", "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve", "treinta")
        .Add(Role.Number, 40, "cuarenta").Add(Role.Number, 50, "cincuenta").Add(Role.Number, 60, "sesenta").Add(Role.Number, 70, "setenta")
        .Add(Role.Number, 80, "ochenta").Add(Role.Number, 90, "noventa").Add(Role.Number, 100, "cien")
        .Add(Role.Ordinal, 1, "primero|primer").Add(Role.OrdinalMark, "º|o|°")
        .Add(Role.Couple, "un par de|par de").Add(Role.Few, "unos|unas|algunos|algunas|varios|varias|pocos|pocas|unos pocos|unas pocas|unos cuantos|unas cuantas")
        .Add(TimeUnit.Second, "segundo|segundos").Add(TimeUnit.Minute, "minuto|minutos").Add(TimeUnit.Hour, "hora|horas")
        .Add(TimeUnit.Day, "día|días").Add(TimeUnit.Week, "semana|semanas").Add(TimeUnit.Month, "mes|meses").Add(TimeUnit.Quarter, "trimestre|trimestres")
        .Add(TimeUnit.Year, "año|años").Add(Role.HalfYear, "medio año")
        .Add(Role.Weekend, "fin de semana|finde")
        .AddInOrder(Role.Quarter, 1, "q1|t1?|primer trimestre", "q2|t2?|segundo trimestre", "q3|t3?|tercer trimestre", "q4|t4?|cuarto trimestre")
        .AddInOrder(Role.Half, 1, "primer semestre", "segundo semestre")
        .AddInOrder(Role.DayOffset, -2, "anteayer|antes de ayer|antier", "ayer", "hoy|ahora", "mañana", "pasado mañana")
        .Add(Role.NoTime, "por la mañana|de la mañana|en la mañana|la mañana")
        .Add(DayPart.Morning, "mañana|por la mañana|en la mañana|a la mañana").Add(DayPart.Afternoon, "tarde|por la tarde|en la tarde")
        .Add(DayPart.Evening, "a última hora").Add(DayPart.Night, "noche|por la noche|en la noche")
        .Add(Role.YesterdayPart, (int)DayPart.Night, "anoche")
        .Add(Role.Which, -1, "pasado|pasada").Add(Role.Which, 0, "este|esta|estos|estas").Add(Role.Which, 1, "próximo|próxima|próximos|próximas")
        .Add(Role.Which, -2, "penúltimo|penúltima")
        .Add(Role.WhichAfter, -1, "pasado|pasada|pasados|pasadas|anterior").Add(Role.WhichAfter, -2, "antepasado|antepasada")
        .Add(Role.WhichAfter, 1, "que viene|próximo|próxima|siguiente").Add(Role.WhichAfter, 0, "actual|en curso")
        .Add(Role.Past, "último|última|últimos|últimas|pasados|pasadas")
        .Add(Role.Ago, "atrás").Add(Role.AgoBefore, "hace|hace unos|hace ya|hace como").Add(Role.FromNow, "después|más tarde").Add(Role.FromNowBefore, "en|dentro de")
        .Add(Role.Between, "entre").Add(Role.And, "y|e").Add(Role.From, "de|del|desde|desde el").Add(Role.To, "a|al|hasta|hasta el|-")
        .Add(Role.Since, "desde|desde el|desde hace|a partir de|a partir del").Add(Role.Before, "antes de|antes del")
        .Add(Role.After, "después de|después del|tras").Add(Role.Until, "hasta|hasta el")
        .Add(Role.In, "en|el|de|del|durante|por|para|a|al|en el mes de|del mes de|a lo largo de").Add(Role.Of, "de|del|de este").Add(Role.Article, "el|la|los|las")
        .Add(Role.InYear, "en|en el año|el año|año|del año").Add(Role.At, "a las|a la").Add(Role.AmPm, -1, "am|a.m.|de la mañana")
        .Add(Role.AmPm, 1, "pm|p.m.|de la tarde|de la noche").Add(Role.Hour, 12, "mediodía|a mediodía|al mediodía").Add(Role.Hour, 0, "medianoche|a medianoche");
}
