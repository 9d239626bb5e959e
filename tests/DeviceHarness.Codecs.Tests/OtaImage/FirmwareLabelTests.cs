using DeviceHarness.Codecs.OtaImage;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.OtaImage;

public sealed class FirmwareLabelTests
{
    [Theory]
    [InlineData("generic-smets1 4.3.0", "generic-smets1", "4.3.0")]
    [InlineData("P4 X2 B2-00", "P4 X2", "B2-00")]
    [InlineData("m 12345678  ", "m", "12345678")]
    public void The_last_word_is_the_version(string text, string model, string version)
    {
        FirmwareLabel.Find(text).Should().Be(new FirmwareLabel(model, version));
    }

    [Theory]
    [InlineData("")]
    [InlineData("onlyone")]
    [InlineData(" 4.3.0")]
    [InlineData("model 123456789")]
    public void Another_text_is_no_label(string text)
    {
        FirmwareLabel.Find(text).Should().BeNull();
    }

    [Theory]
    [InlineData("a-model-name-of-26-letters", "4.3.0a")]
    [InlineData("", "1")]
    [InlineData("m", "has bl")]
    [InlineData("modèle", "1")]
    public void A_label_that_no_header_string_holds_is_refused(string model, string version)
    {
        Action act = () => new FirmwareLabel(model, version).ToOctets();

        act.Should().Throw<ArgumentException>();
    }
}
