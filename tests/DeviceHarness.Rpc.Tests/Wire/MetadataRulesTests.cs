using DeviceHarness.Rpc.Wire;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Wire;

public sealed class MetadataRulesTests
{
    [Theory]
    [InlineData("AQID", 1)]
    [InlineData("AQI=", 1)]
    [InlineData("AQI", 1)]
    [InlineData("AQ", 1)]
    [InlineData("AQ==", 1)]
    [InlineData("AQID,AQ", 2)]
    [InlineData("AQID, AQ==, AQI", 3)]
    [InlineData("", 1)]
    public void Binary_values_come_padded_bare_and_joined(string value, int expected)
    {
        Metadata metadata = [];

        MetadataRules.Receive(metadata, "X-Bin", value);

        metadata.Should().HaveCount(expected);
        metadata.Should().OnlyContain(entry => entry.Key == "x-bin" && entry.IsBinary);
        metadata.Should().OnlyContain(entry => "010203".StartsWith(Convert.ToHexString(entry.ValueBytes), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("!!!!")]
    [InlineData("A")]
    [InlineData("AQIDA")]
    public void Octets_that_are_not_base64_are_dropped(string value)
    {
        Metadata metadata = [];

        MetadataRules.Receive(metadata, "x-bin", value);

        metadata.Should().BeEmpty();
    }

    [Theory]
    [InlineData("grpc-status")]
    [InlineData("grpc-anything")]
    [InlineData("Content-Type")]
    [InlineData("te")]
    [InlineData("User-Agent")]
    [InlineData("Connection")]
    [InlineData("Transfer-Encoding")]
    [InlineData(":path")]
    [InlineData("host")]
    [InlineData("not a name")]
    [InlineData("")]
    public void The_protocols_own_names_are_not_shown(string name)
    {
        Metadata metadata = [];

        MetadataRules.Receive(metadata, name, "1");

        metadata.Should().BeEmpty();
    }

    [Fact]
    public void The_protocols_own_names_are_not_sent() =>
        MetadataRules.TryToWire(new Metadata.Entry("grpc-timeout", "1S"), out _).Should().BeFalse();

    [Fact]
    public void A_received_value_that_is_not_ASCII_is_not_sent_on() =>
        MetadataRules.TryToWire(Metadata.Entry.Received("x-text", "é"), out _).Should().BeFalse();

    [Fact]
    public void Octets_of_every_length_come_back()
    {
        Random random = new(6022);
        for (int length = 0; length < 300; length++)
        {
            byte[] octets = new byte[length];
            random.NextBytes(octets);
            Metadata metadata = [];

            MetadataRules.TryToWire(new Metadata.Entry("x-bin", octets), out string value).Should().BeTrue();
            MetadataRules.Receive(metadata, "x-bin", value);

            value.Should().NotContain("=");
            metadata.Single().ValueBytes.Should().Equal(octets);
        }
    }

    [Fact]
    public void Hostile_headers_never_throw()
    {
        string[] values = [.. Hostile.Texts("AQID", "AQI=", "AQID,AQ", "plain")];
        Metadata metadata = [];
        for (int number = 0; number < values.Length; number++)
        {
            MetadataRules.Receive(metadata, number % 3 == 0 ? values[^(number + 1)] : "x-bin", values[number]);
            MetadataRules.Receive(metadata, "x-text", values[number]);
        }

        foreach (Metadata.Entry entry in metadata)
        {
            Assert.Equal(MetadataRules.CheckKey(entry.Key), entry.Key);
            if (MetadataRules.TryToWire(entry, out string value))
            {
                Assert.All(value, character => Assert.InRange(character, ' ', '~'));
            }
        }
    }
}
