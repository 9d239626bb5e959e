using DeviceHarness.Rpc.Wire;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Wire;

public sealed class StatusTextTests
{
    [Fact]
    public void Every_code_comes_back()
    {
        foreach (StatusCode code in Enum.GetValues<StatusCode>())
        {
            StatusText.Decode(StatusText.Encode(code)).Should().Be(code);
        }
    }

    [Theory]
    [InlineData("17")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("OK")]
    [InlineData("1 ")]
    [InlineData("1\0")]
    [InlineData("99999999999999999999")]
    public void What_is_no_code_is_unknown(string text) => StatusText.Decode(text).Should().Be(StatusCode.Unknown);

    [Fact]
    public void Hostile_texts_never_throw_nor_leave_the_defined_codes()
    {
        foreach (string text in Hostile.Texts("0", "5", "16", "17", "255"))
        {
            Assert.InRange((int)StatusText.Decode(text), 0, 16);
        }
    }
}
