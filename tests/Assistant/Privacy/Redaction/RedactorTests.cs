using PersonalAi.Assistant.Privacy.Redaction;
using Xunit;

namespace PersonalAi.Tests.Assistant.Privacy.Redaction;

public sealed class RedactorTests
{
    private static readonly Redactor Redactor = new(NameDictionary.Empty);

    // Values between double angles are what must be found, each with its type before it.
    [Theory]
    [InlineData("Write to «EMAIL_ADDRESS:anna.k@example.org», not to @anna.")]
    [InlineData("My card is «CREDIT_CARD:4111 1111 1111 1111» and its order 4111 1111 1111 1112.")]
    [InlineData("Charge the card «CREDIT_CARD:4111 1111 1111 1113» with the slip of the pen.")]
    [InlineData("cc «CREDIT_CARD:371449635398431», Maestro «CREDIT_CARD:503867297114».")]
    [InlineData("Pay to «IBAN_CODE:DE89 3704 0044 0532 0130 00» please, not to DE88370400440532013000.")]
    [InlineData("iban «IBAN_CODE:gb29nwbk60161331926819» is mine")]
    [InlineData("She has «US_SSN:536-90-4399», part 000-12-3456 is none.")]
    [InlineData("His social security number is «US_SSN:900 12 3456».")]
    [InlineData("Server «IP_ADDRESS:203.0.113.7» and «IP_ADDRESS:2001:db8::ff00:42:8329», not 127.0.0.1, 1.2.3 or version 1.2.3.4 at 12:30:45.")]
    [InlineData("See «DOMAIN_NAME:https://example.org/a?b=c». Or «DOMAIN_NAME:www.example.org», not Program.cs.")]
    [InlineData("Fetch «SECRET:https://anna:geheim@example.org/x» now.")]
    [InlineData("password: «SECRET:hunter2» My password is wrong.")]
    [InlineData("The key «SECRET:sk-proj-abcdefghijklmnop1234» and «SECRET:AKIAIOSFODNN7EXAMPLE».")]
    [InlineData("Call «PHONE_NUMBER:+44 7700 900123», «PHONE_NUMBER:(212) 555-0175» or «PHONE_NUMBER:030 1234567» before 10:30 on 2024-03-15.")]
    [InlineData("My phone number is «PHONE_NUMBER:467 3395». The total is 467 3395 boxes of 1234567.")]
    [InlineData("She was born on «DATE_OF_BIRTH:8/5/1989» and moved on 9/5/2009.")]
    [InlineData("my driver's license number is «US_DRIVER_LICENSE:D1234567»")]
    [InlineData("Passport no. «PASSPORT:C01X00T47», customer id «ID_NUMBER:77-1234».")]
    [InlineData("ZIP: «ZIP_CODE:8592», postcode «ZIP_CODE:SW1A 1AA». The zip file has 12345 lines.")]
    public void Identifiers_are_found_by_their_form_their_check_and_what_they_are_called(string marked) => AssertFinds(marked);

    [Theory]
    [InlineData("NHS number «NATIONAL_ID:943 476 5919»")]
    [InlineData("Steuer-ID «NATIONAL_ID:86095742719»")]
    [InlineData("DNI «NATIONAL_ID:12345678Z», NIE «NATIONAL_ID:X1234567L», not 12345678A")]
    [InlineData("codice fiscale «NATIONAL_ID:RSSMRA85T10A562S»")]
    [InlineData("numéro de sécurité sociale «NATIONAL_ID:2 55 08 14 168 025 38»")]
    [InlineData("BSN «NATIONAL_ID:111222333»")]
    [InlineData("PESEL «NATIONAL_ID:44051401359»")]
    [InlineData("CPF «NATIONAL_ID:529.982.247-25», not 529.982.247-26")]
    [InlineData("Aadhaar «NATIONAL_ID:2341 2341 2346»")]
    [InlineData("personnummer «NATIONAL_ID:811228-9874»")]
    [InlineData("henkilötunnus «NATIONAL_ID:131052-308T»")]
    [InlineData("AHV «NATIONAL_ID:756.9217.0769.85»")]
    public void Numbers_of_states_are_found_with_a_right_check(string marked) => AssertFinds(marked);

    [Theory]
    [InlineData("Send it to «STREET_ADDRESS:12 Downing Street, London», please.")]
    [InlineData("We live at «STREET_ADDRESS:67 Devon Street West\nSuite 240\nWest Brook, NZ 57006».")]
    [InlineData("Bitte an «STREET_ADDRESS:Friedhofstrasse 33, Arnsdorf».")]
    [InlineData("She moved to «STREET_ADDRESS:ul. Zamkowa 33 Apt. 406».")]
    [InlineData("It is «STREET_ADDRESS:33 avenue de Provence, 75009 Paris».")]
    [InlineData("Meet me at «STREET_ADDRESS:PSC 1437, Box 3833\nAPO AA 66791»")]
    [InlineData("Write to «STREET_ADDRESS:P.O. Box 149, Tallinn, Estonia».")]
    [InlineData("Wait at «STREET_ADDRESS:the corner of Kuusiku 7 and Lindenweg».")]
    [InlineData("He lives on «STREET_ADDRESS:Grössgstötten 50». It runs on Ubuntu 24 and Windows 11.")]
    [InlineData("Section 5 Article 12, Chapter 3 Figure 7, 12 March 1990, Gate 22: a walk of 10 minutes in a quiet street.")]
    public void Addresses_are_found_in_the_forms_of_many_countries(string marked) => AssertFinds(marked);

    [Theory]
    [InlineData("«PERSON:Anna Kowalska» met «PERSON:Ludwig van der Berg» in Berlin.")]
    [InlineData("My name is «PERSON:Qwerax», and Dr. «PERSON:Zyblo» knows. Qwerax is a town otherwise.")]
    [InlineData("Kind regards,\n«PERSON:Tomasz»")]
    [InlineData("follow up with «PERSON:patricia desrosiers» in a couple of months")]
    [InlineData("«PERSON:Maria Lopez» called. «PERSON:Lopez» was angry.")]
    [InlineData("Will the price rise in May? Mark the date; Hope is no plan. Grace period ends.")]
    [InlineData("The Python library of the European Union runs on Kubernetes in South Africa.")]
    [InlineData("Morrison Group Inc. and the Clark Orchestra play Machine Learning.")]
    [InlineData("We returned to Kiel from Goiânia.")]
    [InlineData("Ich möchte einen Brief an das Finanzamt schreiben. Die Frist endet am Montag.")]
    public void People_are_found_by_lists_and_by_the_words_around(string marked) => AssertFinds(marked);

    [Fact]
    public void The_longest_holds_where_two_overlap_and_what_a_shorter_has_beside_is_kept()
    {
        SensitiveSpan[] spans = [new(0, 6, "A", 0.9), new(4, 8, "B", 0.5), new(4, 8, "C", 0.6), new(13, 2, "D", 1)];

        var chosen = SpanChoice.Choose("abcdefghijkl ..", spans);

        Assert.Equal([new(0, 4, "A", 0.9), new(4, 8, "C", 0.6)], chosen);
    }

    private static void AssertFinds(string marked)
    {
        var text = System.Text.RegularExpressions.Regex.Replace(marked, "«[A-Z_]+:([^»]*)»", "$1");

        var found = Redactor.Find(text);

        var shown = found.Reverse().Aggregate(text, (shown, span) => $"{shown[..span.Start]}«{span.Type}:{shown[span.Start..span.End]}»{shown[span.End..]}");
        Assert.Equal(marked, shown);
    }
}
