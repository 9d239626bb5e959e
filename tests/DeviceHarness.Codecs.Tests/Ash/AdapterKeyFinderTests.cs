using DeviceHarness.Codecs.Ash;
using DeviceHarness.Codecs.Explain;
using DeviceHarness.Codecs.Tests.Decoders;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Ash;

public sealed class AdapterKeyFinderTests
{
    private const string Key = "7E7D1113181AFF000102030405060708";
    private const string Other = "A0A1A2A3A4A5A6A7A8A9AAABACADAEAF";

    private static readonly byte[] Beginning = AshSamples.Encode(AshControl.ResetAck, AshFrame.ProtocolVersion, 0x0B);

    [Theory]
    [InlineData("version 4", "0500 68", "8400")]
    [InlineData("version 6", "0500FF00 68", "8400")]
    [InlineData("version 13", "050001 6800", "840B")]
    public void The_keys_of_a_security_state_are_found_in_every_header(string version, string header, string bits)
    {
        byte[] command = (header + bits + Key + Other + "00" + "0000000000000000").Octets();

        SentPasswords found = Find(command, out byte[] shown);

        found.Values.Select(value => Convert.ToHexString(value.Span)).Should().Equal(
            [Convert.ToHexString(Key.Octets()), Other], version);
        int first = (header + bits).Octets().Length;
        shown.Should().Equal(command.Select((octet, index) => index >= first && index < first + 32 ? (byte)0 : octet));
    }

    [Theory]
    [InlineData("0E01", "FF3322110000000000", "0000000000000000000000")]
    [InlineData("6600", "332211000000000001", "")]
    [InlineData("AF00", "3322110000000000", "")]
    [InlineData("1101", "3322110000000000", "00")]
    [InlineData("1501", "020000000000000000000000000000000000", "")]
    [InlineData("7300", "", "")]
    [InlineData("A900", "34123322110000000000", "")]
    [InlineData("7200", "00332211000000000001", "")]
    public void A_key_in_a_command_is_found_and_nothing_around_it(string id, string before, string after)
    {
        byte[] command = ("050001" + id + before + Key + after).Octets();
        int first = 5 + before.Octets().Length;

        SentPasswords found = Find(command, out byte[] shown);

        Convert.ToHexString(found.Values.Should().ContainSingle().Which.Span).Should().Be(Convert.ToHexString(Key.Octets()));
        shown.Should().Equal(command.Select((octet, index) => index >= first && index < first + 16 ? (byte)0 : octet));
    }

    [Theory]
    [InlineData("1401")]
    [InlineData("0D01")]
    [InlineData("0F01")]
    [InlineData("6A00")]
    [InlineData("7100")]
    public void An_answer_that_holds_a_key_is_taken_whole(string id)
    {
        byte[] answer = ("058001" + id + Key + "00000000").Octets();

        Find(answer, out byte[] shown);

        shown.Should().Equal(answer.Select((octet, index) => index >= 5 ? (byte)0 : octet));
    }

    [Fact]
    public void What_holds_no_key_is_left_as_it_is()
    {
        foreach (string frame in new[] { "0500013400AABBCCDDEEFF", "058001680000", "05000115000210", "050001AB0007010100", "000000 0D" })
        {
            Find(frame.Octets(), out byte[] shown).Offsets.Should().BeEmpty(frame);

            shown.Should().Equal(frame.Octets());
        }
    }

    [Fact]
    public void A_key_in_a_frame_that_is_damaged_cancelled_or_not_whole_is_found_too()
    {
        byte[] frame = AshSamples.Encode(AshControl.Data(0, 0), ("0500017300" + Other).Octets());
        byte[] damaged = [.. frame];
        damaged[^2] ^= 1;
        foreach (byte[] stream in (byte[][])
            [[.. Beginning, .. damaged], [.. Beginning, .. frame[..^1], AshOctets.Cancel], [.. Beginning, .. frame[..^4]]])
        {
            AdapterKeyFinder.Find(stream).Offsets.Should().HaveCountGreaterThanOrEqualTo(15, Convert.ToHexString(stream));
        }
    }

    [Fact]
    public void A_key_is_found_in_both_copies_of_a_frame_that_was_sent_again()
    {
        byte[] data = ("0500017300" + Other).Octets();
        byte[] stream =
        [
            .. AshSamples.Encode(AshControl.Data(0, 0), data), .. AshSamples.Encode(AshControl.Data(0, 0, isRetransmission: true), data),
        ];

        SentPasswords found = AdapterKeyFinder.Find(stream);

        found.Offsets.Should().HaveCountGreaterThanOrEqualTo(32);
        found.Values.Should().ContainSingle();
    }

    [Fact]
    public void Octets_of_other_protocols_hold_none()
    {
        byte[] all = [.. DecoderCatalogue.Vectors.SelectMany(vector => vector.Octets)];

        AdapterKeyFinder.Find(all).Offsets.Should().BeEmpty();
        AdapterKeyFinder.Find([]).Offsets.Should().BeEmpty();
    }

    /// <summary>Looks in a stream that holds the frame, and shows its data with 0 where an octet is masked.</summary>
    private static SentPasswords Find(byte[] data, out byte[] shown)
    {
        byte[] frame = AshSamples.Encode(AshControl.Data(0, 0), data);
        byte[] stream = [.. Beginning, .. frame];
        SentPasswords found = AdapterKeyFinder.Find(stream);
        HashSet<int> masked = [.. found.Offsets];
        shown = new byte[data.Length];
        int at = Beginning.Length + 1;
        for (int index = 0; index < data.Length; index++)
        {
            bool isEscaped = stream[at] == AshOctets.Escape;
            bool isMasked = masked.Contains(at + (isEscaped ? 1 : 0));
            (isEscaped && isMasked != masked.Contains(at)).Should().BeFalse("an escape goes with its octet");
            shown[index] = isMasked ? (byte)0 : data[index];
            at += isEscaped ? 2 : 1;
        }

        return found;
    }
}
