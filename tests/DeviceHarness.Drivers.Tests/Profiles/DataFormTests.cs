using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Profiles;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Profiles;

/// <summary>The notation in which profiles say how a value is put on the wire.</summary>
public sealed class DataFormTests
{
    [Theory]
    [InlineData("double-long value", -5, "double-long -5")]
    [InlineData("boolean value", 1, "boolean 1")]
    [InlineData("long-unsigned 54", 9, "long-unsigned 54")]
    [InlineData("array{double-long value}", 7, "array{double-long 7}")]
    [InlineData("structure{enum value, enum 1}", 2, "structure{enum 2, enum 1}")]
    [InlineData("structure{integer -3, octet-string 0100FF, boolean true, bit-string 101}", 0,
        "structure{integer -3, octet-string 0100FF, boolean 1, bit-string 101}")]
    public void A_number_takes_the_form(string text, long value, string expected)
    {
        DataForm.TryParse(text, out DataForm form).Should().BeTrue();

        string? problem = form.Fill(DlmsData.Long64(value), out DlmsData data);

        problem.Should().BeNull();
        data.ToString().Should().Be(expected);
    }

    [Fact]
    public void The_parts_of_a_table_go_to_their_places()
    {
        DlmsData table = DlmsData.Structure(DlmsData.Long64(-5), DlmsData.Array(DlmsData.Long(1)));
        DataForm.TryParse("structure{structure{integer 3, integer value.1}, value.2}", out DataForm form).Should().BeTrue();

        _ = form.Fill(table, out DlmsData data);

        data.ToString().Should().Be("structure{structure{integer 3, integer -5}, array{long 1}}");
    }

    [Fact]
    public void A_text_becomes_octets()
    {
        DataForm.TryParse("octet-string value", out DataForm form).Should().BeTrue();

        _ = form.Fill(DlmsData.VisibleString("12"), out DlmsData data);

        data.Should().Be(DlmsData.OctetString("12"u8));
    }

    [Theory]
    [InlineData("unsigned value", 256)]
    [InlineData("boolean value", 2)]
    [InlineData("double-long-unsigned value", -1)]
    [InlineData("octet-string value", 1)]
    [InlineData("structure{integer value.1}", 1)]
    public void A_value_that_does_not_fit_is_told(string text, long value)
    {
        DataForm.TryParse(text, out DataForm form).Should().BeTrue();

        form.Fill(DlmsData.Long64(value), out DlmsData data).Should().NotBeNull();
        data.Should().Be(DlmsData.Null);
    }

    [Fact]
    public void A_text_that_does_not_fit_is_not_shown()
    {
        DataForm.TryParse("double-long value", out DataForm form).Should().BeTrue();

        form.Fill(DlmsData.VisibleString("73946150284617395026"), out _).Should().Be("visible-string is no double-long");
    }

    [Theory]
    [InlineData("")]
    [InlineData("double-long")]
    [InlineData("number value")]
    [InlineData("unsigned 256")]
    [InlineData("octet-string 012")]
    [InlineData("bit-string 012")]
    [InlineData("structure{enum value")]
    [InlineData("structure{enum value,}")]
    [InlineData("list{enum value}")]
    [InlineData("value.0")]
    [InlineData("integer value.x")]
    public void What_is_no_form_is_not_taken(string text) => DataForm.TryParse(text, out _).Should().BeFalse();
}
