using System.Buffers;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Frames;
using DeviceHarness.Codecs.Security.Mmo;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security.Frames;

public sealed class FrameCipherTests
{
    private const int NetworkHeaderOctets = 8;
    private const int CommandHeaderOctets = 2;
    private const ulong TrustCentre = 0x00124B0001020304;

    private static readonly CipherKey NetworkKey = CipherKey.Create("01030507090B0D0F00020406080A0C0D".Octets());
    private static readonly CipherKey DefaultLinkKey = CipherKey.Create("5A6967426565416C6C69616E63653039".Octets());

    [Fact]
    public void A_plain_frame_holds_its_message_in_clear()
    {
        TestVector vector = Named("nwk_plain_aps_plain");

        string text = Convert.ToHexString(vector.Octets);

        (vector.Octets[1] & 2).Should().Be(0, "the security bit of the network header");
        (vector.Octets[NetworkHeaderOctets] & 0x20).Should().Be(0, "the security bit of the other header");
        text.Should().EndWith(vector.Fields.Text("zcl").ToUpperInvariant());
    }

    [Fact]
    public void A_frame_under_the_network_key_opens_and_seals_as_published()
    {
        TestVector vector = Named("nwk_encrypted");

        byte[] payload = OpenNetwork(vector, out AuxiliaryHeader auxiliary);

        auxiliary.Should().Be(new AuxiliaryHeader(FrameKeyId.Network, 1000, 0x70B3D52B60112233, 0));
        payload.ShouldBeHex(vector.Fields.Text("aps_frame"));
        Sealed(NetworkKey, vector.Octets.AsSpan(0, NetworkHeaderOctets), auxiliary, payload)
            .ShouldBeHex(Convert.ToHexString(vector.Octets));
    }

    [Fact]
    public void A_network_key_under_the_key_transport_key_opens_and_seals_as_published()
    {
        TestVector vector = Named("aps_transport_key_network_under_default_tclk");
        CipherKey key = LinkKeyDerivation.KeyTransport(CipherKey.Create(vector.Fields.Text("link_key").Octets()));
        byte[] frame = vector.Octets[NetworkHeaderOctets..];

        byte[] payload = Opened(key, frame, CommandHeaderOctets, out AuxiliaryHeader auxiliary);

        auxiliary.Should().Be(new AuxiliaryHeader(FrameKeyId.KeyTransport, 1, TrustCentre));
        payload.ShouldBeHex("05 01" + vector.Fields.Text("nwk_key") + "00 332211602BD5B370 04030201004B1200");
        Sealed(key, frame.AsSpan(0, CommandHeaderOctets), auxiliary, payload).ShouldBeHex(Convert.ToHexString(frame));
    }

    [Fact]
    public void The_next_network_key_comes_under_the_present_one_only()
    {
        TestVector vector = Named("aps_transport_key_next_network_key_broadcast");

        byte[] payload = OpenNetwork(vector, out AuxiliaryHeader auxiliary);

        auxiliary.Should().Be(new AuxiliaryHeader(FrameKeyId.Network, 2000, TrustCentre, 0));
        (payload[0] & 0x20).Should().Be(0, "the command itself is not secured");
        payload[CommandHeaderOctets..].ShouldBeHex(
            "05 01" + vector.Fields.Text("new_key") + "01 0000000000000000 04030201004B1200");
    }

    [Fact]
    public void A_link_key_under_the_key_load_key_opens_inside_the_network_frame()
    {
        TestVector vector = Named("aps_transport_key_tc_link_key_under_key_load");
        CipherKey key = LinkKeyDerivation.KeyLoad(CipherKey.Create(vector.Fields.Text("link_key_old").Octets()));

        byte[] inner = OpenNetwork(vector, out AuxiliaryHeader outer);
        byte[] payload = Opened(key, inner, CommandHeaderOctets, out AuxiliaryHeader auxiliary, outer.Source);

        outer.FrameCounter.Should().Be(2002);
        auxiliary.KeyId.Should().Be(FrameKeyId.KeyLoad);
        auxiliary.FrameCounter.Should().Be(2);
        Convert.ToHexString(payload).Should().StartWith("0504" + vector.Fields.Text("link_key_new").ToUpperInvariant());
    }

    [Fact]
    public void Every_changed_octet_and_every_truncation_is_refused()
    {
        byte[] frame = Named("nwk_encrypted").Octets;
        using FrameCipher cipher = new(NetworkKey);
        byte[] target = new byte[FrameCipher.MaximumFrameOctets];
        for (int offset = 0; offset < frame.Length; offset++)
        {
            byte[] changed = (byte[])frame.Clone();
            changed[offset] ^= 0x10;

            cipher.Open(changed, NetworkHeaderOctets, null, target, out int written, out SecurityFault fault)
                .Should().Be(OperationStatus.InvalidData, $"octet {offset}");
            written.Should().Be(0);
            fault.Kind.Should().NotBe(SecurityFaultKind.None);
            cipher.Open(frame.AsSpan(0, offset), NetworkHeaderOctets, null, target, out _, out fault)
                .Should().Be(OperationStatus.InvalidData, $"{offset} octets");
        }

        target.Should().OnlyContain(octet => octet == 0, "nothing that was deciphered is left");
    }

    [Fact]
    public void A_level_on_the_air_changes_nothing()
    {
        byte[] frame = [.. Named("nwk_encrypted").Octets];
        frame[NetworkHeaderOctets] |= 5;

        byte[] payload = Opened(NetworkKey, frame, NetworkHeaderOctets, out _);

        payload.ShouldBeHex(Named("nwk_encrypted").Fields.Text("aps_frame"));
    }

    [Fact]
    public void A_short_nonce_needs_the_sender_from_elsewhere()
    {
        byte[] head = [0x21, 0x07];
        using FrameCipher cipher = new(DefaultLinkKey);
        byte[] frame = new byte[64];
        byte[] target = new byte[64];
        AuxiliaryHeader auxiliary = new(FrameKeyId.Link, 9);
        cipher.Seal(head, auxiliary, TrustCentre, [1, 2, 3], frame, out int octets).Should().Be(OperationStatus.Done);
        octets.Should().Be(head.Length + 5 + 3 + 4);

        cipher.Open(frame.AsSpan(0, octets), 2, TrustCentre, target, out int written, out _).Should().Be(OperationStatus.Done);
        cipher.Open(frame.AsSpan(0, octets), 2, null, target, out _, out SecurityFault unknown).Should().Be(OperationStatus.InvalidData);
        cipher.Open(frame.AsSpan(0, octets), 2, 1, target, out _, out SecurityFault wrong).Should().Be(OperationStatus.InvalidData);

        written.Should().Be(3);
        unknown.Kind.Should().Be(SecurityFaultKind.TitleUnknown);
        wrong.Kind.Should().Be(SecurityFaultKind.AuthenticationFailed);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using FrameCipher cipher = new(DefaultLinkKey);
        AuxiliaryHeader auxiliary = new(FrameKeyId.Link, 9, TrustCentre);

        cipher.Seal([0x21, 1], auxiliary, TrustCentre, [], new byte[18], out _).Should().Be(OperationStatus.DestinationTooSmall);
        cipher.Seal([0x21, 1], auxiliary, TrustCentre, new byte[109], new byte[200], out _).Should().Be(OperationStatus.InvalidData);
        cipher.Seal([0x21, 1], auxiliary, 1, [], new byte[200], out _).Should().Be(OperationStatus.InvalidData);
        cipher.Open(new byte[128], 2, 1, new byte[200], out _, out SecurityFault tooLong).Should().Be(OperationStatus.InvalidData);
        cipher.Open(new byte[9], 10, 1, new byte[200], out _, out SecurityFault noHead).Should().Be(OperationStatus.InvalidData);
        cipher.Open(new byte[30], 2, 1, new byte[3], out _, out _).Should().Be(OperationStatus.DestinationTooSmall);
        tooLong.Kind.Should().Be(SecurityFaultKind.Malformed);
        noHead.Kind.Should().Be(SecurityFaultKind.Malformed);
        Action longKey = () => new FrameCipher(CipherKey.Create(new byte[32])).Dispose();
        longKey.Should().Throw<ArgumentException>();
    }

    private static TestVector Named(string name) =>
        TestVector.Load("zigbee/nwk-aps-vectors.json").Single(vector => vector.Name == name);

    private static byte[] OpenNetwork(TestVector vector, out AuxiliaryHeader auxiliary)
    {
        vector.Fields.Text("nwk_key").Octets().ShouldBeHex(Convert.ToHexString(NetworkKey.Reveal()));
        return Opened(NetworkKey, vector.Octets, NetworkHeaderOctets, out auxiliary);
    }

    private static byte[] Opened(
        CipherKey key, ReadOnlySpan<byte> frame, int headOctets, out AuxiliaryHeader auxiliary, ulong? knownSource = null)
    {
        using FrameCipher cipher = new(key);
        byte[] target = new byte[FrameCipher.MaximumFrameOctets];
        AuxiliaryHeader.Decode(frame[headOctets..], out auxiliary, out _, out _).Should().Be(OperationStatus.Done);
        cipher.Open(frame, headOctets, knownSource, target, out int written, out SecurityFault fault)
            .Should().Be(OperationStatus.Done, fault.ToString());
        return target[..written];
    }

    private static byte[] Sealed(CipherKey key, ReadOnlySpan<byte> head, in AuxiliaryHeader auxiliary, byte[] payload)
    {
        using FrameCipher cipher = new(key);
        byte[] target = new byte[FrameCipher.MaximumFrameOctets];
        cipher.Seal(head, auxiliary, auxiliary.Source!.Value, payload, target, out int written).Should().Be(OperationStatus.Done);
        return target[..written];
    }
}
