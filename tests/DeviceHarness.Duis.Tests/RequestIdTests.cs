using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests;

public sealed class RequestIdTests
{
    private const string Plain = "90-B3-D5-1F-30-01-00-01:90-B3-D5-1F-30-00-00-A0:";

    [Theory]
    [InlineData("0")]
    [InlineData("1000")]
    [InlineData("18446744073709551615")]
    public void Text_of_an_identifier_is_read_back_the_same(string counter)
    {
        RequestId id = RequestId.Parse(Plain + counter);

        id.ToString().Should().Be(Plain + counter);
    }

    [Fact]
    public void Lower_case_is_read_and_upper_case_is_written()
    {
        RequestId id = RequestId.Parse((Plain + "5").ToLowerInvariant());

        id.ToString().Should().Be(Plain + "5");
    }

    [Fact]
    public void An_answer_changes_originator_and_target_and_keeps_the_counter()
    {
        RequestId.Parse(Plain + "5").Answer.ToString().Should().Be("90-B3-D5-1F-30-00-00-A0:90-B3-D5-1F-30-01-00-01:5");
    }

    [Theory]
    [InlineData("")]
    [InlineData("90-B3-D5-1F-30-01-00-01:90-B3-D5-1F-30-00-00-A0")]
    [InlineData(Plain)]
    [InlineData(Plain + "007")]
    [InlineData(Plain + "-1")]
    [InlineData(Plain + "+1")]
    [InlineData(Plain + "1:2")]
    [InlineData(Plain + "18446744073709551616")]
    [InlineData("90-B3-D5-1F-30-01-00-0G:90-B3-D5-1F-30-00-00-A0:1")]
    [InlineData("90:B3-D5-1F-30-01-00-01:90-B3-D5-1F-30-00-00-A0:1")]
    public void Anything_else_is_not_an_identifier(string text)
    {
        RequestId.TryParse(text, out _).Should().BeFalse();

        FluentActions.Invoking(() => RequestId.Parse(text)).Should().Throw<FormatException>();
    }
}
