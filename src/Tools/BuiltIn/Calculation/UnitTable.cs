using System.Collections.Frozen;

namespace PersonalAi.Tools.BuiltIn.Calculation;

/// <summary>The units that can be converted. Values: the SI brochure (9th edition), NIST SP 811 and, for the Imperial ones, the UK's Units of Measurement Regulations 1995.</summary>
internal static class UnitTable
{
    private static readonly Unit[] Units =
    [
        new("length", "nm", "1e-9", ["nanometre", "nanometer"]),
        new("length", "µm", "1e-6", ["um", "micrometre", "micrometer", "micron"]),
        new("length", "mm", "0.001", ["millimetre", "millimeter"]),
        new("length", "cm", "0.01", ["centimetre", "centimeter"]),
        new("length", "dm", "0.1", ["decimetre", "decimeter"]),
        new("length", "m", "1", ["metre", "meter"]),
        new("length", "km", "1000", ["kilometre", "kilometer"]),
        new("length", "in", "0.0254", ["inch", "inches", "\""]),
        new("length", "ft", "0.3048", ["foot", "feet"]),
        new("length", "yd", "0.9144", ["yard"]),
        new("length", "mi", "1609.344", ["mile"]),
        new("length", "nmi", "1852", ["nautical mile"]),
        new("length", "au", "149597870700", ["astronomical unit"]),
        new("length", "ly", "9460730472580800", ["light year", "lightyear", "light-year"]),
        new("mass", "µg", "1e-9", ["ug", "mcg", "microgram"]),
        new("mass", "mg", "1e-6", ["milligram"]),
        new("mass", "g", "0.001", ["gram", "gramme"]),
        new("mass", "kg", "1", ["kilogram", "kilo"]),
        new("mass", "t", "1000", ["tonne", "metric ton"]),
        new("mass", "oz", "0.028349523125", ["ounce"]),
        new("mass", "lb", "0.45359237", ["lbs", "pound"]),
        new("mass", "st", "6.35029318", ["stone"]),
        new("mass", "short ton", "907.18474", ["us ton", "ton"]),
        new("mass", "long ton", "1016.0469088", ["imperial ton"]),
        new("temperature", "°C", "1", ["c", "celsius", "degc", "centigrade"]) { Zero = "273.15" },
        new("temperature", "K", "1", ["kelvin"]),
        new("temperature", "°F", "5/9", ["f", "fahrenheit", "degf"]) { Zero = "45967/180" },
        new("volume", "ml", "1e-6", ["millilitre", "milliliter", "cc", "cm3", "cm³", "cubic centimetre", "cubic centimeter"]),
        new("volume", "cl", "1e-5", ["centilitre", "centiliter"]),
        new("volume", "dl", "1e-4", ["decilitre", "deciliter"]),
        new("volume", "l", "0.001", ["litre", "liter", "dm3", "dm³"]),
        new("volume", "hl", "0.1", ["hectolitre", "hectoliter"]),
        new("volume", "m3", "1", ["m³", "cubic metre", "cubic meter"]),
        new("volume", "in3", "0.000016387064", ["in³", "cubic inch", "cubic inches"]),
        new("volume", "ft3", "0.028316846592", ["ft³", "cubic foot", "cubic feet"]),
        new("volume", "tsp", "0.00000492892159375", ["teaspoon"]),
        new("volume", "tbsp", "0.00001478676478125", ["tablespoon"]),
        new("volume", "fl oz", "0.0000295735295625", ["floz", "fluid ounce", "us fluid ounce"]),
        new("volume", "cup", "0.0002365882365", ["us cup"]),
        new("volume", "pt", "0.000473176473", ["pint", "us pint"]),
        new("volume", "qt", "0.000946352946", ["quart", "us quart"]),
        new("volume", "gal", "0.003785411784", ["gallon", "us gallon"]),
        new("volume", "imperial fl oz", "0.0000284130625", ["imperial fluid ounce", "uk fluid ounce"]),
        new("volume", "imperial pt", "0.00056826125", ["imperial pint", "uk pint"]),
        new("volume", "imperial gal", "0.00454609", ["imperial gallon", "uk gallon"]),
        new("volume", "bbl", "0.158987294928", ["barrel", "oil barrel"]),
        new("area", "mm2", "1e-6", ["mm²", "square millimetre", "square millimeter"]),
        new("area", "cm2", "1e-4", ["cm²", "square centimetre", "square centimeter"]),
        new("area", "m2", "1", ["m²", "sqm", "square metre", "square meter"]),
        new("area", "km2", "1e6", ["km²", "square kilometre", "square kilometer"]),
        new("area", "ha", "1e4", ["hectare"]),
        new("area", "in2", "0.00064516", ["in²", "sq in", "square inch", "square inches"]),
        new("area", "ft2", "0.09290304", ["ft²", "sqft", "sq ft", "square foot", "square feet"]),
        new("area", "yd2", "0.83612736", ["yd²", "square yard"]),
        new("area", "acre", "4046.8564224", ["ac"]),
        new("area", "mi2", "2589988.110336", ["mi²", "square mile"]),
        new("speed", "m/s", "1", ["mps", "metre per second", "meter per second", "metres per second", "meters per second"]),
        new("speed", "km/h", "1/3.6", ["kmh", "kph", "kilometre per hour", "kilometer per hour", "kilometres per hour", "kilometers per hour"]),
        new("speed", "mph", "0.44704", ["mi/h", "mile per hour", "miles per hour"]),
        new("speed", "kn", "1852/3600", ["kt", "knot"]),
        new("speed", "ft/s", "0.3048", ["fps", "feet per second"]),
        new("time", "ms", "0.001", ["millisecond"]),
        new("time", "s", "1", ["sec", "second"]),
        new("time", "min", "60", ["minute"]),
        new("time", "h", "3600", ["hr", "hour"]),
        new("time", "d", "86400", ["day"]),
        new("time", "week", "604800", ["wk"]),
        new("time", "month", "2629746", ["average month"]),
        new("time", "year", "31556952", ["yr", "average year"]),
        new("data", "bit", "1", []),
        new("data", "kbit", "1e3", ["kilobit"]),
        new("data", "Mbit", "1e6", ["Mb", "megabit"]),
        new("data", "Gbit", "1e9", ["Gb", "gigabit"]),
        new("data", "B", "8", ["byte"]),
        new("data", "kB", "8e3", ["KB", "kilobyte"]),
        new("data", "MB", "8e6", ["megabyte"]),
        new("data", "GB", "8e9", ["gigabyte"]),
        new("data", "TB", "8e12", ["terabyte"]),
        new("data", "PB", "8e15", ["petabyte"]),
        new("data", "KiB", "8192", ["kibibyte"]),
        new("data", "MiB", "8388608", ["mebibyte"]),
        new("data", "GiB", "8589934592", ["gibibyte"]),
        new("data", "TiB", "8796093022208", ["tebibyte"]),
        new("energy", "eV", "1.602176634e-19", ["electronvolt"]),
        new("energy", "J", "1", ["joule"]),
        new("energy", "kJ", "1e3", ["kilojoule"]),
        new("energy", "MJ", "1e6", ["megajoule"]),
        new("energy", "cal", "4.184", ["calorie"]),
        new("energy", "kcal", "4184", ["kilocalorie", "food calorie"]),
        new("energy", "Wh", "3600", ["watt hour", "watt-hour"]),
        new("energy", "kWh", "3.6e6", ["kilowatt hour", "kilowatt-hour"]),
        new("energy", "BTU", "1055.05585262", ["british thermal unit"]),
        new("power", "mW", "0.001", ["milliwatt"]),
        new("power", "W", "1", ["watt"]),
        new("power", "kW", "1e3", ["kilowatt"]),
        new("power", "MW", "1e6", ["megawatt"]),
        new("power", "hp", "550 * 0.3048 * 0.45359237 * 9.80665", ["horsepower"]),
        new("power", "PS", "735.49875", ["metric horsepower"]),
        new("pressure", "Pa", "1", ["pascal"]),
        new("pressure", "hPa", "100", ["hectopascal"]),
        new("pressure", "kPa", "1e3", ["kilopascal"]),
        new("pressure", "MPa", "1e6", ["megapascal"]),
        new("pressure", "mbar", "100", ["millibar"]),
        new("pressure", "bar", "1e5", []),
        new("pressure", "atm", "101325", ["atmosphere"]),
        new("pressure", "psi", "0.45359237 * 9.80665 / 0.0254^2", ["pound per square inch", "pounds per square inch"]),
        new("pressure", "mmHg", "133.322387415", ["millimetre of mercury", "millimeter of mercury"]),
        new("pressure", "torr", "101325/760", []),
        new("angle", "deg", "1", ["°", "degree"]),
        new("angle", "rad", "180/pi", ["radian"]),
        new("angle", "turn", "360", ["revolution"]),
    ];

    private static readonly FrozenSet<string> Currencies = new[]
    {
        "usd", "eur", "gbp", "chf", "jpy", "cny", "inr", "cad", "aud", "dollar", "euro", "yen", "franc", "rupee", "yuan", "pound sterling", "$", "€", "£", "¥", "bitcoin", "btc",
    }.ToFrozenSet();

    // MW is not mW: as it is written first, then in any case.
    private static readonly FrozenDictionary<string, Unit> AsWritten = ByName(StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, Unit> InAnyCase = ByName(StringComparer.OrdinalIgnoreCase);

    /// <summary>The unit of that name or sign.</summary>
    /// <exception cref="ToolException">There is none, or it is a currency.</exception>
    public static Unit Find(string name)
    {
        var trimmed = name.Trim().TrimEnd('.').Trim();
        return Spellings(trimmed).Select(AsWritten.GetValueOrDefault).Concat(Spellings(trimmed).Select(InAnyCase.GetValueOrDefault)).FirstOrDefault(unit => unit is not null)
            ?? throw (Spellings(trimmed.ToLowerInvariant()).Any(Currencies.Contains)
                ? new ToolException($"'{name}' is a currency: rates change every day and are not known here; ask the user for the rate and use calculate.")
                : new ToolException($"'{name}' is not a known unit: use a sign or an English name of {string.Join(", ", Units.Select(unit => unit.Quantity).Distinct())}, like 'km', 'lb', '°F' or 'MB'."));
    }

    private static IEnumerable<string> Spellings(string name) =>
        [name, name.TrimEnd('s'), name.Replace("degrees ", "", StringComparison.OrdinalIgnoreCase), name.Replace("^", "", StringComparison.Ordinal), name.Replace("sq ", "square ", StringComparison.OrdinalIgnoreCase).TrimEnd('s')];

    private static FrozenDictionary<string, Unit> ByName(StringComparer comparer) => Units
        .SelectMany(unit => unit.Names.Prepend(unit.Sign).Select(name => (Name: name, Unit: unit)))
        .DistinctBy(entry => entry.Name, comparer)
        .ToFrozenDictionary(entry => entry.Name, entry => entry.Unit, comparer);
}
