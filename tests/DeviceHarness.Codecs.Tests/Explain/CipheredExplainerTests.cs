using DeviceHarness.Codecs.Explain;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Tests.Hostile;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Codecs.Tests.Explain;

public sealed class CipheredExplainerTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_125;

    private static readonly CipherKey Encryption = CipherKey.Create("000102030405060708090A0B0C0D0E0F".Octets());
    private static readonly CipherKey Authentication = CipherKey.Create("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF".Octets());
    private static readonly CipherKey Other = CipherKey.Create(new byte[16]);
    private static readonly CipherKey Long = CipherKey.Create(new byte[32]);
    private static readonly SystemTitle Title = new(0x4D4D4D0000BC614E);

    public static TheoryData<string> Names { get; } = [.. CipheredVectors.Opened.Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recorded_APDU_is_explained_down_to_what_is_in_it(string name)
    {
        TestVector vector = CipheredVectors.Named(name);
        DecipheringKeys keys = new(
            [Other, CipheredVectors.Key(vector, "encryption_key")], [Other, CipheredVectors.Key(vector, "authentication_key")],
            [new SystemTitle(1), CipheredVectors.Title(vector)]);

        IReadOnlyList<string> lines = FrameExplainer.Explain(vector.Octets, new ExplainOptions(Keys: keys), out bool isWellFormed);
        IReadOnlyList<string> inner = FrameExplainer.Explain(vector.Fields.Text("plaintext").Octets());

        isWellFormed.Should().BeTrue(string.Join('\n', lines));
        string expected = CipheredVectors.Control(vector).IsAuthenticated ? "tag right" : "no tag";
        lines[0].Should().Contain($"sender {CipheredVectors.Title(vector)}, {expected}");
        lines.Skip(1).Select(WithoutOffset).Should().Equal(inner.Select(WithoutOffset));
    }

    [Fact]
    public void A_whole_session_teaches_its_titles()
    {
        string[] names =
        [
            "session-aarq-hls5-glo", "session-aare-hls5-glo", "hls5-session-pass3", "hls5-session-pass4", "session-get-ldn",
            "session-get-ldn-response",
        ];
        byte[] frames = [.. names.SelectMany((name, index) => Framed(CipheredVectors.Named(name).Octets, index % 2 == 1))];
        DecipheringKeys keys = new([Encryption], [Authentication], []);

        IReadOnlyList<string> lines = FrameExplainer.Explain(frames, new ExplainOptions(Keys: keys), out bool isWellFormed);

        isWellFormed.Should().BeTrue(string.Join('\n', lines));
        lines.Count(line => line.Contains("tag right", StringComparison.Ordinal)).Should().Be(names.Length);
        lines.Should().Contain(line => line.Contains("initiate-request version 6", StringComparison.Ordinal));
        lines.Should().Contain(line => line.Contains("method 1 reply_to_HLS_authentication", StringComparison.Ordinal));
        lines[^1].Should().Contain("GRX0000000123456");
    }

    [Fact]
    public void A_dedicated_key_is_learnt_from_the_ciphered_initiate_and_not_shown()
    {
        byte[] frames =
        [
            .. Framed(CipheredVectors.Named("aarq-lls-ciphered").Octets, false), .. Framed(CipheredVectors.Named("ded-get-request").Octets,
                false),
        ];
        DecipheringKeys keys = new([Encryption], [Authentication], [new SystemTitle(0x4D4D4D0000000001)]);

        IReadOnlyList<string> lines = FrameExplainer.Explain(frames, new ExplainOptions(Keys: keys), out bool isWellFormed);

        string text = string.Join('\n', lines);
        isWellFormed.Should().BeTrue(text);
        lines[^1].Should().Contain("0-0:42.0.0.255");
        text.Should().Contain("dedicated key of 16 octets").And.NotContain("00112233").And.NotContain("12345678");
    }

    [Fact]
    public void Without_an_authentication_key_an_APDU_is_deciphered_and_says_that_its_tag_was_not_checked()
    {
        DecipheringKeys keys = new([Other, Encryption], [], [Title]);

        IReadOnlyList<string> lines = Explain("glo-get-auth-enc", keys, out bool isWellFormed);

        isWellFormed.Should().BeTrue();
        lines[0].Should().EndWith("tag not checked");
        lines[^1].Should().Contain("0-0:1.0.0.255");
    }

    [Fact]
    public void What_is_only_authenticated_is_read_without_a_key()
    {
        IReadOnlyList<string> lines = FrameExplainer.Explain(CipheredVectors.Named("glo-get-auth-only").Octets);

        lines[0].Should().EndWith("in clear, tag not checked");
        lines[^1].Should().Contain("0-0:1.0.0.255");
        FrameExplainer.Explain(CipheredVectors.Named("glo-get-auth-enc").Octets).Should().ContainSingle().Which
            .Should().EndWith("not deciphered");
    }

    [Fact]
    public void A_key_that_does_not_fit_is_a_fault_and_a_missing_title_or_key_is_told()
    {
        Explain("glo-get-auth-enc", new([Other], [Authentication], [Title]), out bool isRight)[^1]
            .Should().Contain("FAULT AuthenticationFailed");
        Explain("glo-get-enc-only", new([Other], [], [Title]), out bool isInnerRight)[^1].Should().Contain("FAULT AuthenticationFailed");
        Explain("glo-get-auth-enc", new([Encryption], [Authentication], []), out bool isTitled)[^1].Should().Contain("title is not known");
        Explain("glo-get-auth-enc", new([Long], [Long], [Title]), out bool isLong)[^1].Should().Contain("no key of this suite's length");
        Explain("suite2-get-auth-enc", new([Encryption], [Authentication], [Title]), out bool isShort)[^1]
            .Should().Contain("no key of this suite's length");

        (isRight, isInnerRight, isTitled, isLong, isShort).Should().Be((false, false, true, true, true));
    }

    [Theory]
    [InlineData("C805B001234567", "compressed, invocation counter 19088743, 5 octets, not deciphered")]
    [InlineData("C8053001234567", "invocation counter 19088743, 5 octets, not deciphered")]
    [InlineData("C80130", "1 octets, not deciphered")]
    [InlineData("C81E3F01234567411312FF935A47566827C467BC7D825C3BE4A77C3FCC056B6B", "no key of this suite's length")]
    [InlineData("DD010203", "GeneralCiphering, 3 octets")]
    public void What_cannot_be_deciphered_is_told(string hex, string expected)
    {
        ExplainOptions options = new(Keys: new([Encryption], [Authentication], [Title]));

        FrameExplainer.Explain(hex.Octets(), options, out _).Should().Contain(line => line.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("C101C1000F0000280000FF0700090831323334353637 38", "secret of 10 octets, not shown")]
    [InlineData("C301C1000F0000280000FF020109083132333435363738", "secret of 10 octets, not shown")]
    [InlineData("C101C100130000140000FF0800090831323334353637 38", "secret of 10 octets, not shown")]
    public void A_secret_that_is_written_is_not_shown(string hex, string expected)
    {
        string text = string.Join('\n', FrameExplainer.Explain(hex.Octets()));

        text.Should().Contain(expected).And.NotContain("3132333435").And.NotContain("12345678");
    }

    [Theory]
    [InlineData(ExplainLayer.Data, "02020F00161E0F05", "integer 5")]
    [InlineData(ExplainLayer.Data, "0F", "FAULT Truncated")]
    [InlineData(ExplainLayer.Data, "FF", "FAULT UnknownTag")]
    [InlineData(ExplainLayer.Apdu, "00", "unknown APDU tag 00")]
    [InlineData(ExplainLayer.Llc, "E6E700D80102", "exception-response")]
    [InlineData(ExplainLayer.Wrapper, "0001001000010003D80102", "exception-response")]
    [InlineData(ExplainLayer.Wrapper, "D80102", "no frame, wrapper or APDU")]
    [InlineData(ExplainLayer.Hdlc, "A0070321930F01", "HDLC frame without flags")]
    [InlineData(ExplainLayer.Hdlc, "7EA0070321930F017E", "HDLC SNRM")]
    [InlineData(ExplainLayer.Hdlc, "D80102", "no HDLC frame")]
    public void The_layer_that_is_named_is_explained(ExplainLayer layer, string hex, string expected)
    {
        IReadOnlyList<string> lines = FrameExplainer.Explain(hex.Octets(), new ExplainOptions(layer), out _);

        lines.Should().Contain(line => line.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void No_more_keys_are_tried_than_the_limit()
    {
        Action tooMany = () => _ = new DecipheringKeys([.. Enumerable.Repeat(Other, 9)], [], []);

        tooMany.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Titles_and_dedicated_keys_of_a_hostile_capture_are_bounded_and_nothing_throws()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        byte[] association = CipheredVectors.Named("session-aarq-hls5-glo").Octets;
        ExplainOptions options = new(Keys: new([Encryption], [Authentication], [Title]));
        for (int round = 0; round < 20; round++)
        {
            List<byte> frames = [];
            for (int frame = 0; frame < 40; frame++)
            {
                byte[] apdu = [.. association];
                random.NextBytes(apdu.AsSpan(association.AsSpan().IndexOf("A60A0408".Octets()) + 4, 8));
                frames.AddRange(Framed(frame % 2 == 0 ? apdu : Mutations.Mutate(random, apdu), false));
            }

            FrameExplainer.Explain(frames.ToArray(), options, out bool isWellFormed).Should().NotBeEmpty();
            isWellFormed.Should().BeFalse($"seed {Seed}, round {round}");
        }
    }

    private static IReadOnlyList<string> Explain(string name, DecipheringKeys keys, out bool isWellFormed) =>
        FrameExplainer.Explain(CipheredVectors.Named(name).Octets, new ExplainOptions(Keys: keys), out isWellFormed);

    private static string WithoutOffset(string line) => line[4..].TrimStart();

    private static byte[] Framed(byte[] apdu, bool isFromServer)
    {
        byte[] information = [0xE6, (byte)(isFromServer ? 0xE7 : 0xE6), 0x00, .. apdu];
        byte[] target = new byte[HdlcFrameCodec.MaximumFrameOctets];
        HdlcFrame frame = isFromServer
            ? new(HdlcAddress.Client(1), HdlcAddress.Server(1), HdlcControl.Information(0, 1), information)
            : new(HdlcAddress.Server(1), HdlcAddress.Client(1), HdlcControl.Information(0, 1), information);
        HdlcFrameCodec.Encode(frame, target, out int written);
        return target[..written];
    }
}
