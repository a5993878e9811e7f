namespace PersonalAi.Memory.Recall.Time.Languages;

/// <summary>How Portuguese speaks of time.</summary>
internal static class Portuguese
{
    public static Vocabulary Words() => new Vocabulary()
        .AddCommon("o os as de do da e que um uma com para meu eu fiz aconteceu foi")
        .AddInOrder(Role.Month, 1, "janeiro|jan?", "fevereiro|fev?", "março|mar?", "abril|abr?", "maio|mai?", "junho|jun?", "julho|jul?", "agosto|ago?",
            "setembro|set?", "outubro|out?", "novembro|nov?", "dezembro|dez?")
        .AddInOrder(Role.Weekday, 0, "segunda-feira|segunda feira|segunda?", "terça-feira|terça feira|terça?", "quarta-feira|quarta feira|quarta?",
            "quinta-feira|quinta feira|quinta?", "sexta-feira|sexta feira|sexta?", "sábado", "domingo")
        .AddInOrder(Role.Number, 0, "zero", "um|uma", "dois|duas", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez", "onze", "doze", "treze",
            "quatorze|catorze", "quinze", "dezesseis|dezasseis", "dezessete|dezassete", "dezoito", "dezenove|dezanove")
        .Add(Role.Number, 20, "vinte").Add(Role.Number, 30, "trinta").Add(Role.Number, 40, "quarenta").Add(Role.Number, 50, "cinquenta")
        .Add(Role.Number, 60, "sessenta").Add(Role.Number, 70, "setenta").Add(Role.Number, 80, "oitenta").Add(Role.Number, 90, "noventa")
        .Add(Role.Number, 100, "cem")
        .Add(Role.Ordinal, 1, "primeiro").Add(Role.OrdinalMark, "º|o|°")
        .Add(Role.Couple, "um par de|par de").Add(Role.Few, "alguns|algumas|uns|umas|vários|várias|poucos|poucas")
        .Add(TimeUnit.Second, "segundo|segundos").Add(TimeUnit.Minute, "minuto|minutos").Add(TimeUnit.Hour, "hora|horas")
        .Add(TimeUnit.Day, "dia|dias").Add(TimeUnit.Week, "semana|semanas").Add(TimeUnit.Month, "mês|meses").Add(TimeUnit.Quarter, "trimestre|trimestres")
        .Add(TimeUnit.Year, "ano|anos").Add(Role.HalfYear, "meio ano")
        .Add(Role.Weekend, "fim de semana|final de semana|fim-de-semana")
        .AddInOrder(Role.Quarter, 1, "q1|t1?|primeiro trimestre", "q2|t2?|segundo trimestre", "q3|t3?|terceiro trimestre", "q4|t4?|quarto trimestre")
        .AddInOrder(Role.Half, 1, "primeiro semestre", "segundo semestre")
        .AddInOrder(Role.DayOffset, -2, "anteontem|antes de ontem", "ontem", "hoje|agora", "amanhã", "depois de amanhã")
        .Add(DayPart.Morning, "manhã|de manhã|pela manhã|da manhã").Add(DayPart.Afternoon, "tarde|à tarde|de tarde|da tarde")
        .Add(DayPart.Night, "noite|à noite|de noite|da noite")
        .Add(Role.YesterdayPart, (int)DayPart.Night, "noite passada|a noite passada")
        .Add(Role.Which, -1, "passado|passada").Add(Role.Which, 0, "este|esta|esse|essa|neste|nesta|nesse|nessa|deste|desta")
        .Add(Role.Which, 1, "próximo|próxima|próximos|próximas").Add(Role.Which, -2, "penúltimo|penúltima")
        .Add(Role.WhichAfter, -1, "passado|passada|passados|passadas|anterior").Add(Role.WhichAfter, -2, "retrasado|retrasada")
        .Add(Role.WhichAfter, 1, "que vem|próximo|próxima|seguinte").Add(Role.WhichAfter, 0, "atual|corrente|em curso")
        .Add(Role.Past, "último|última|últimos|últimas|passados|passadas")
        .Add(Role.Ago, "atrás").Add(Role.AgoBefore, "há|faz|há cerca de").Add(Role.FromNow, "depois|mais tarde").Add(Role.FromNowBefore, "em|daqui a|dentro de")
        .Add(Role.Between, "entre").Add(Role.And, "e").Add(Role.From, "de|do|da|desde").Add(Role.To, "a|ao|à|até|até o|-")
        .Add(Role.Since, "desde|desde o|desde a|a partir de|a partir do").Add(Role.Before, "antes de|antes do|antes da")
        .Add(Role.After, "depois de|depois do|depois da|após").Add(Role.Until, "até|até o|até a")
        .Add(Role.In, "em|no|na|nos|nas|de|do|da|durante|por|para|ao|à|no mês de|do mês de").Add(Role.Of, "de|do|da").Add(Role.Article, "o|a|os|as")
        .Add(Role.InYear, "em|no ano de|o ano de|ano de|ano").Add(Role.At, "às|as").Add(Role.AmPm, 0, "h|horas").Add(Role.AmPm, -1, "da manhã")
        .Add(Role.AmPm, 1, "da tarde|da noite").Add(Role.Hour, 12, "meio-dia|ao meio-dia").Add(Role.Hour, 0, "meia-noite|à meia-noite");
}
