using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Core;

public sealed class MetadataTests
{
    [Fact]
    public void Names_are_lower_case_and_found_in_any_case()
    {
        Metadata metadata = new() { { "X-One", "1" }, { "x-one", "2" }, { "x-Two-BIN", [1, 2] } };

        metadata.Select(entry => entry.Key).Should().Equal("x-one", "x-one", "x-two-bin");
        metadata.GetValue("X-ONE").Should().Be("2");
        metadata.GetAll("x-one").Select(entry => entry.Value).Should().Equal("1", "2");
        metadata.GetValueBytes("x-two-bin").Should().Equal(1, 2);
        metadata.Get("x-three").Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a:b")]
    [InlineData(":path")]
    public void A_name_that_cannot_be_sent_is_refused(string key)
    {
        Action create = () => _ = new Metadata.Entry(key, "1");

        create.Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("é")]
    [InlineData("\u007F")]
    public void A_text_that_cannot_be_sent_is_refused(string value)
    {
        Action create = () => _ = new Metadata.Entry("x-text", value);

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void The_name_decides_between_text_and_octets()
    {
        Action text = () => _ = new Metadata.Entry("x-bin", "1");
        Action octets = () => _ = new Metadata.Entry("x-text", [1]);

        text.Should().Throw<ArgumentException>();
        octets.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void The_octets_of_an_entry_are_its_own()
    {
        byte[] given = [1, 2];
        Metadata.Entry entry = new("x-bin", given);

        given[0] = 9;
        entry.ValueBytes[1] = 9;

        entry.ValueBytes.Should().Equal(1, 2);
    }

    [Fact]
    public void The_empty_metadata_stays_empty()
    {
        Action add = () => Metadata.Empty.Add("x", "1");

        add.Should().Throw<InvalidOperationException>();
        Metadata.Empty.IsReadOnly.Should().BeTrue();
    }
}
