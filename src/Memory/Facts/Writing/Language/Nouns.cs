using System.Collections.Frozen;

namespace PersonalAi.Memory.Facts.Writing.Language;

/// <summary>Nouns that decide what is remembered.</summary>
internal static class Nouns
{
    /// <summary>What people are to the user, animals included.</summary>
    public static readonly FrozenSet<string> People = Set(
        "wife husband partner girlfriend boyfriend fiance fiancé fiancée spouse ex mother father mum mom dad mama papa parents sister brother sibling siblings son daughter kid kids child children "
        + "baby toddler twin twins niece nephew cousin aunt uncle grandmother grandfather grandma grandpa gran granny grandad granddad nan nana mam grandson granddaughter grandparents stepson "
        + "stepdaughter stepfather stepmother in-law mother-in-law father-in-law sister-in-law brother-in-law friend mate buddy flatmate roommate housemate neighbour neighbor colleague coworker "
        + "boss manager supervisor cto ceo lead mentor teacher tutor professor doctor gp dentist vet therapist landlord landlady lawyer accountant coach student pupil apprentice assistant "
        + "employee client customer lodger tenant godson goddaughter godmother pal teammate bandmate dog cat horse pony parrot rabbit hamster tortoise puppy kitten pet goldfish advisor adviser midwife contractor plumber electrician builder agent nurse cleaner babysitter nanny physio physiotherapist solicitor broker bride groom chiropodist gardener plasterer");

    /// <summary>What belongs to a moment, a task at hand or the talk itself, and is no fact about the user.</summary>
    public static readonly FrozenSet<string> Passing = Set(
        "error errors exception bug bugs file files line lines function table column query question questions minute minutes idea ideas problem problems issue issues trouble feeling "
        + "doubt doubts time times look laugh point guess mistake mistakes bad apologies apology opinion head brain feet foot eyes stomach back fingertips fingers hands throat legs phone screen typo "
        + "prompt text sentence mail email e-mail draft hunch clue nap headache hangover cold thought thoughts sentence paragraph essay answer list plan plans word words choice luck "
        + "hour second seconds moment fun hurry rush mood chat request script test tests build output input loop array string variable god goodness heart life soul try");

    /// <summary>People of whom nobody says "he".</summary>
    public static readonly FrozenSet<string> Women = Set(
        "wife girlfriend fiancée mother mum mom mam mama sister daughter niece aunt grandmother grandma gran granny nan nana granddaughter stepdaughter stepmother mother-in-law sister-in-law goddaughter godmother landlady bride");

    /// <summary>People of whom nobody says "she".</summary>
    public static readonly FrozenSet<string> Men = Set(
        "husband boyfriend father dad papa brother son nephew uncle grandfather grandpa grandad granddad grandson stepson stepfather father-in-law brother-in-law landlord godson groom");

    /// <summary>Animals that live with people.</summary>
    public static readonly FrozenSet<string> Animals = Set("dog cat horse pony parrot rabbit hamster tortoise puppy kitten pet goldfish tom");

    /// <summary>What somebody gets, has and loses once or a few times in a life.</summary>
    public static readonly FrozenSet<string> Milestones = Set(
        "job position post role promotion degree place flat house apartment lease puppy kitten baby dog cat licence license certificate orchestra band choir team club company firm school university allotment tenancy");

    /// <summary>What people have one of, and name in notes: "van: Hiace".</summary>
    public static readonly FrozenSet<string> Possessions = Set(
        "van car bike truck boat allergies allergy diet birthday job size height weight address hobby hobbies hometown age languages pets kids children wife husband partner son daughter sister brother mum dad dog cat man woman doctor dentist vet gp blood");

    /// <summary>Parts of the body that ail for long.</summary>
    public static readonly FrozenSet<string> Body = Set("knee knees back shoulder shoulders hip hips ankle ankles eye eyes eyesight ear ears hearing heart wrist wrists neck stomach");

    /// <summary>What must not be on somebody's plate: it is delicate of nobody, and whoever cooks must know it.</summary>
    public static readonly FrozenSet<string> Diet = Set("allergic allergy allergies coeliac celiac intolerant intolerance");

    /// <summary>What is of the user's body and health.</summary>
    public static readonly FrozenSet<string> Health = Set(
        "allergic allergy allergies diabetic diabetes asthma asthmatic tinnitus cholesterol pregnant cancer epilepsy epileptic migraine migraines depression depressed anxiety adhd autistic autism "
        + "medication tablets pills insulin inhaler diagnosis diagnosed disease disorder syndrome surgery operation therapy therapist hospital coeliac celiac arthritis hiv infertility miscarriage "
        + "blood pressure degeneration thyroid injury disability symptoms prescription antidepressants intolerant intolerance dementia stroke thrombosis vaccination dyslexic dyslexia sober alcoholic addiction");

    /// <summary>Money, and what is told in it.</summary>
    public static readonly FrozenSet<string> Money = Set(
        "salary income wage wages debt debts loan mortgage overdraft savings pension insured tax taxes earn earns earning bankrupt inheritance "
        + "shares stocks bitcoin alimony fortune paycheck bonus");

    /// <summary>What sums are counted in.</summary>
    public static readonly FrozenSet<string> Currencies = Set("€ $ £ euros euro pounds dollars quid");

    /// <summary>Belief, politics, sexuality and the law.</summary>
    public static readonly FrozenSet<string> Private = Set(
        "gay lesbian bisexual bi trans transgender queer asexual muslim christian catholic protestant jewish hindu buddhist atheist religious religion church mosque vote voted votes party "
        + "republican democrat socialist communist convicted conviction prison jail arrested lawsuit sued court asylum visa affair std union");

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
