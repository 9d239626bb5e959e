using DeviceHarness.Codecs.Security.Mmo;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security.Mmo;

public sealed class InstallCodeTests
{
    public static TheoryData<string> Names { get; } =
        [.. Vectors().Where(vector => vector.IsValid).Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_published_code_gives_its_link_key(string name)
    {
        TestVector vector = Vectors().Single(candidate => candidate.Name == name);

        bool isTaken = InstallCode.TryCreate(vector.Octets, out InstallCode? code, out CodecFault fault);

        isTaken.Should().BeTrue(fault.ToString());
        code!.LinkKey().Reveal().ShouldBeHex(vector.Fields.Text("link_key"));
        InstallCode.Create(vector.Octets.AsSpan(0, vector.Octets.Length - 2)).Should().Be(code);
        vector.Octets.AsSpan(vector.Octets.Length - 2).ToArray().ShouldBeHex(vector.Fields.Text("crc_le"));
    }

    [Fact]
    public void A_code_with_a_wrong_checksum_is_refused_and_the_right_one_not_told()
    {
        TestVector vector = Vectors().Single(candidate => !candidate.IsValid);

        bool isTaken = InstallCode.TryCreate(vector.Octets, out InstallCode? code, out CodecFault fault);

        isTaken.Should().BeFalse();
        code.Should().BeNull();
        fault.Should().BeEquivalentTo(new { Kind = CodecFaultKind.BadChecksum, Offset = 8, Expected = -1L, Actual = -1L });
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(8, true)]
    [InlineData(12, true)]
    [InlineData(16, true)]
    [InlineData(0, false)]
    [InlineData(7, false)]
    [InlineData(17, false)]
    [InlineData(262, false)]
    public void Only_four_lengths_are_codes(int octets, bool isCode)
    {
        byte[] payload = new byte[octets];

        Action act = () => InstallCode.Create(payload);

        if (isCode)
        {
            act.Should().NotThrow();
            InstallCode.TryCreate(InstallCode.Create(payload).Reveal(), out _, out _).Should().BeTrue();
        }
        else
        {
            act.Should().Throw<ArgumentException>();
            InstallCode.TryCreate(new byte[octets + 2], out _, out CodecFault fault).Should().BeFalse();
            fault.Kind.Should().Be(CodecFaultKind.BadLength);
        }
    }

    [Theory]
    [InlineData("83fe d340 7a93-9738:C552")]
    [InlineData("83FED3407A939738C552")]
    public void A_written_code_is_read_with_its_separators(string text)
    {
        bool isTaken = InstallCode.TryParse(text, out InstallCode? code, out CodecFault fault);

        isTaken.Should().BeTrue(fault.ToString());
        code!.LinkKey().Reveal().ShouldBeHex("A833A77434F3BFBD7A7AB97942149287");
    }

    [Theory]
    [InlineData("83FEx3407A939738C552", CodecFaultKind.UnexpectedValue, 4)]
    [InlineData("83FED3407A939738C55", CodecFaultKind.Truncated, 19)]
    [InlineData("", CodecFaultKind.BadLength, 0)]
    [InlineData("                                                                         ", CodecFaultKind.BadLength, 0)]
    public void A_text_that_is_no_code_is_refused(string text, CodecFaultKind kind, int offset)
    {
        bool isTaken = InstallCode.TryParse(text, out InstallCode? code, out CodecFault fault);

        isTaken.Should().BeFalse();
        code.Should().BeNull();
        fault.Kind.Should().Be(kind);
        fault.Offset.Should().Be(offset);
    }

    [Fact]
    public void A_code_does_not_show()
    {
        InstallCode code = InstallCode.Create("83FED3407A939738".Octets());

        code.ToString().Should().Be("10 octets, not shown");
    }

    private static IEnumerable<TestVector> Vectors() =>
        TestVector.Load("zigbee/aes-mmo-vectors.json").Where(vector => vector.Fields.Text("op") == "install_code"
            || !vector.IsValid);
}
