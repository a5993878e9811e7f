using System.Text;
using PersonalAi.Memory;
using PersonalAi.Memory.Documents.Reading.Organiser;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Reading.Organiser;

public sealed class ContactsTests
{
    [Fact]
    public void Version_3_is_read()
    {
        var contact = Read("""
            BEGIN:VCARD
            VERSION:3.0
            FN:Ada Lovelace
            N:Lovelace;Ada;;;
            item1.EMAIL;TYPE=INTERNET:ada@example.org
            EMAIL:ada@work.example
            TEL;type=CELL;type="pref":+41 44 000 00 00
            BDAY:1815-12-10
            ORG:Engines\; Ltd;Analysis
            NOTE:likes\nmachines
            UID:u1
            END:VCARD
            """);

        Assert.Equal(("Ada Lovelace", "u1", "Engines; Ltd, Analysis", "likes\nmachines", new Birthday(1815, 12, 10)), (contact.Name, contact.Uid, contact.Organisation, contact.Note, contact.Birthday));
        Assert.Equal(["ada@example.org", "ada@work.example"], contact.Emails);
        Assert.Equal(["+41 44 000 00 00"], contact.Phones);
    }

    [Fact]
    public void Version_2_1_is_read()
    {
        var contact = Read("""
            BEGIN:VCARD
            VERSION:2.1
            N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCl=
            ler;J=C3=B6rg
            TEL;CELL;VOICE:044
            BDAY:19700229
            END:VCARD
            """);

        Assert.Equal(("Jörg Müller", null), (contact.Name, contact.Birthday));
        Assert.Equal(["044"], contact.Phones);
    }

    [Fact]
    public void Version_4_is_read()
    {
        var contact = Read("""
            BEGIN:VCARD
            VERSION:4.0
            FN;ALTID=1;LANGUAGE=de:Eva
            TEL;VALUE=uri:tel:+1-555
            BDAY:--0229
            """);

        Assert.Equal(("Eva", new Birthday(null, 2, 29)), (contact.Name, contact.Birthday));
        Assert.Equal(["+1-555"], contact.Phones);
    }

    [Theory]
    [InlineData("ORG:Example", "Example")]
    [InlineData("EMAIL:mailto:a@example.org", "a@example.org")]
    [InlineData("N:;;;;\nTEL:044", "044")]
    public void What_has_no_name_is_named_by_what_it_has(string line, string name) => Assert.Equal(name, Read($"BEGIN:VCARD\n{line}\nEND:VCARD").Name);

    [Fact]
    public void What_has_no_contact_is_refused()
    {
        var error = Assert.Throws<MemoryException>(() => Read("BEGIN:VCARD\nVERSION:3.0\nEND:VCARD"));

        Assert.Equal((MemoryError.Invalid, "Could not read 'a.vcf': it has no contact."), (error.Error, error.Message));
    }

    private static Contact Read(string text) => Assert.Single(Contacts.Read("a.vcf", Encoding.UTF8.GetBytes(text)));
}
