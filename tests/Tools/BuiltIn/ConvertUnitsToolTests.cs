using PersonalAi.Tests.Fakes;
using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn;
using Xunit;

namespace PersonalAi.Tests.Tools.BuiltIn;

public sealed class ConvertUnitsToolTests
{
    private static readonly Tool Tool = ConvertUnitsTool.Create();

    [Theory]
    [InlineData(26.2, "miles", "km", "26.2 mi = 42.1648128 km")]
    [InlineData(1, "inch", "cm", "1 in = 2.54 cm")]
    [InlineData(6, "feet", "m", "6 ft = 1.8288 m")]
    [InlineData(1, "lb", "g", "1 lb = 453.59237 g")]
    [InlineData(100, "C", "F", "100 °C = 212 °F")]
    [InlineData(-40, "degrees Fahrenheit", "degrees Celsius", "-40 °F = -40 °C")]
    [InlineData(0, "K", "celsius", "0 K = -273.15 °C")]
    [InlineData(70, "°F", "°C", "70 °F = 21.1111111111111 °C (rounded)")]
    [InlineData(2, "cups", "ml", "2 cup = 473.176473 ml")]
    [InlineData(1, "US gallon", "litres", "1 gal = 3.785411784 l")]
    [InlineData(1, "imperial pint", "ml", "1 imperial pt = 568.26125 ml")]
    [InlineData(100, "m^2", "sq ft", "100 m2 = 1076.39104167097 ft2 (rounded)")]
    [InlineData(1, "hectare", "m2", "1 ha = 10000 m2")]
    [InlineData(100, "km/h", "m/s", "100 km/h = 27.7777777777778 m/s (rounded)")]
    [InlineData(60, "mph", "km/h", "60 mph = 96.56064 km/h")]
    [InlineData(90, "minutes", "hours", "90 min = 1.5 h")]
    [InlineData(1, "GB", "MiB", "1 GB = 953.67431640625 MiB")]
    [InlineData(100, "Mbit", "MB", "100 Mbit = 12.5 MB")]
    [InlineData(1, "kWh", "MJ", "1 kWh = 3.6 MJ")]
    [InlineData(250, "kcal", "kJ", "250 kcal = 1046 kJ")]
    [InlineData(1, "MW", "mW", "1 MW = 1000000000 mW")]
    [InlineData(1, "atm", "hPa", "1 atm = 1013.25 hPa")]
    [InlineData(30, "psi", "bar", "30 psi = 2.06842718795051 bar (rounded)")]
    [InlineData(180, "degrees", "rad", "180 deg = 3.14159265358979 rad (rounded)")]
    public async Task A_measure_is_converted_exactly_where_the_definition_is_exact(double value, string from, string to, string expected)
    {
        var text = await Tool.CallAsync(new { value, from, to }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("km", "kg", "'km' is a unit of length and 'kg' one of mass: give two units of the same quantity.")]
    [InlineData("parsnips", "kg", "'parsnips' is not a known unit: use a sign or an English name of length, mass, temperature, volume, area, speed, time, data, energy, power, pressure, angle, like 'km', 'lb', '°F' or 'MB'.")]
    [InlineData("USD", "EUR", "'USD' is a currency: rates change every day and are not known here; ask the user for the rate and use calculate.")]
    [InlineData("dollars", "kg", "'dollars' is a currency: rates change every day and are not known here; ask the user for the rate and use calculate.")]
    public async Task What_cannot_be_converted_is_refused_with_the_reason(string from, string to, string expected)
    {
        var message = await Tool.RefuseAsync(new { value = 1, from, to }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, message);
    }
}
