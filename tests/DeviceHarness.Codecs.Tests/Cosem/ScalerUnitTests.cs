using DeviceHarness.Codecs.Cosem;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Cosem;

public sealed class ScalerUnitTests
{
    [Theory]
    [InlineData(-2, 12345, "123.45")]
    [InlineData(0, 7, "7")]
    [InlineData(3, 7, "7000")]
    [InlineData(-28, 1, "0.0000000000000000000000000001")]
    [InlineData(127, 0, "0")]
    public void A_raw_number_is_scaled_exactly(int scaler, long raw, string expected)
    {
        ScalerUnit unit = new((sbyte)scaler, CosemUnit.WattHour);

        unit.TryScale(raw, out decimal value).Should().BeTrue();

        value.Should().Be(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
        unit.TryUnscale(value, out long back).Should().BeTrue();
        back.Should().Be(raw);
    }

    [Theory]
    [InlineData(-ScalerUnit.MaximumPower - 1, 1)]
    [InlineData(ScalerUnit.MaximumPower + 1, 1)]
    [InlineData(-128, 5)]
    [InlineData(127, 5)]
    public void What_decimal_cannot_hold_is_refused(int scaler, long raw) =>
        new ScalerUnit((sbyte)scaler, CosemUnit.WattHour).TryScale(raw, out _).Should().BeFalse();

    [Fact]
    public void A_quantity_between_two_steps_has_no_raw_number() =>
        new ScalerUnit(0, CosemUnit.WattHour).TryUnscale(1.5m, out _).Should().BeFalse();

    [Fact]
    public void Another_structure_is_no_scaler_and_unit()
    {
        ScalerUnit.Decode("02020F001100".Octets(), out _, out _, out CodecFault fault);

        (fault.Kind, fault.Offset).Should().Be((CodecFaultKind.UnexpectedValue, 4));
    }

    [Theory]
    [InlineData("1-0:1.8.0.255", true)]
    [InlineData("1.0.1.8.0.255", true)]
    [InlineData("1-0:1.8.0", false)]
    [InlineData("1-0:1.8.0.256", false)]
    [InlineData("1-0:1.8.0.255.1", false)]
    [InlineData("1:0-1.8.0.255", false)]
    [InlineData("", false)]
    public void Only_six_numbers_with_their_separators_are_a_logical_name(string text, bool isName)
    {
        ObisCode.TryParse(text, out ObisCode code).Should().Be(isName);

        if (isName)
        {
            code.ToString().Should().Be("1-0:1.8.0.255");
            code.ToOctets().ShouldBeHex("01 00 01 08 00 FF");
        }
    }

    [Theory]
    [InlineData(CosemUnit.Minute, "min")]
    [InlineData(CosemUnit.Second, "s")]
    [InlineData(CosemUnit.Currency, "currency")]
    [InlineData(CosemUnit.Watt, "W")]
    [InlineData(CosemUnit.VoltAmpere, "VA")]
    [InlineData(CosemUnit.Var, "var")]
    [InlineData(CosemUnit.WattHour, "Wh")]
    [InlineData(CosemUnit.VoltAmpereHour, "VAh")]
    [InlineData(CosemUnit.VarHour, "varh")]
    [InlineData(CosemUnit.Ampere, "A")]
    [InlineData(CosemUnit.Volt, "V")]
    [InlineData(CosemUnit.Hertz, "Hz")]
    [InlineData(CosemUnit.None, "")]
    [InlineData((byte)17, "unit 17")]
    public void A_unit_shows_its_symbol(byte unit, string symbol) => new ScalerUnit(-2, unit).ToString().Should().Be($"x10^-2 {symbol}");

    [Fact]
    public void A_logical_name_that_is_none_says_what_was_expected()
    {
        Action parse = () => ObisCode.Parse("1-0:1.8");
        Action octets = () => ObisCode.FromOctets([1, 0, 1, 8, 0]);
        Action copy = () => ObisCode.Parse("1-0:1.8.0.255").CopyTo(new byte[5]);

        parse.Should().Throw<FormatException>().WithMessage("*'1-0:1.8'*six numbers*");
        octets.Should().Throw<ArgumentException>().WithMessage("*6 octets, not 5*");
        copy.Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(sbyte.MinValue, "1")]
    [InlineData(28, "0.5")]
    [InlineData(-20, "1")]
    public void What_has_no_raw_number_is_refused(int scaler, string value)
    {
        decimal quantity = decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture);

        new ScalerUnit((sbyte)scaler, CosemUnit.WattHour).TryUnscale(quantity, out _).Should().BeFalse();
    }
}
