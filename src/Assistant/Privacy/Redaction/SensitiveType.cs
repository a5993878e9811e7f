namespace PersonalAi.Assistant.Privacy.Redaction;

/// <summary>What kinds of things are recognised, named as Presidio names them where it knows them.</summary>
internal static class SensitiveType
{
    public const string Person = "PERSON";
    public const string StreetAddress = "STREET_ADDRESS";
    public const string ZipCode = "ZIP_CODE";
    public const string Phone = "PHONE_NUMBER";
    public const string Mail = "EMAIL_ADDRESS";
    public const string Link = "DOMAIN_NAME";
    public const string IpAddress = "IP_ADDRESS";
    public const string Card = "CREDIT_CARD";
    public const string BankAccount = "IBAN_CODE";
    public const string SocialSecurity = "US_SSN";
    public const string DriverLicence = "US_DRIVER_LICENSE";
    public const string Passport = "PASSPORT";
    public const string NationalId = "NATIONAL_ID";
    public const string Identifier = "ID_NUMBER";
    public const string BirthDate = "DATE_OF_BIRTH";
    public const string Secret = "SECRET";

    // What the user's own memory knows.
    public const string Place = "PLACE";
    public const string Project = "PROJECT";
    public const string Account = "ACCOUNT";
    public const string Name = "NAME";
}
