using System.Buffers;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security;

public sealed class SecurityContextTests
{
    private static readonly byte[] Get = "C001C1000100002A0000FF0200".Octets();
    private static readonly SystemTitle ClientTitle = new(0x4D4D4D0000000001);
    private static readonly SystemTitle ServerTitle = new(0x4142434445464748);
    private static readonly CipherKey Dedicated = CipherKey.Create("00112233445566778899AABBCCDDEEFF".Octets());

    public static TheoryData<string> Names { get; } = [.. CipheredVectors.Opened.Select(vector => vector.Name)];

    public static TheoryData<string> AuthenticatedNames { get; } = [.. CipheredVectors.Opened
        .Where(vector => CipheredVectors.Control(vector).IsAuthenticated).Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recorded_APDU_is_opened_and_is_made_again(string name) => SecurityVectorChecks.Verify(CipheredVectors.Named(name));

    [Theory]
    [MemberData(nameof(AuthenticatedNames))]
    public void A_flipped_bit_of_the_tag_is_refused(string name)
    {
        TestVector vector = CipheredVectors.Named(name);
        using SecurityContext receiver = CipheredVectors.Receiver(vector);
        byte[] target = new byte[vector.Octets.Length];
        for (int bit = 0; bit < GcmCipher.TagOctets * 8; bit++)
        {
            byte[] damaged = [.. vector.Octets];
            damaged[^((bit / 8) + 1)] ^= (byte)(1 << (bit % 8));

            receiver.Open(damaged, target, out _, out SecurityFault fault).Should().Be(OperationStatus.InvalidData);

            fault.Kind.Should().Be(SecurityFaultKind.AuthenticationFailed);
        }

        receiver.Open(vector.Octets, target, out _, out _).Should().Be(OperationStatus.Done, "a refused APDU uses up no counter");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_repeated_and_a_lowered_counter_are_refused(string name)
    {
        TestVector vector = CipheredVectors.Named(name);
        uint counter = CipheredVectors.Counter(vector);
        using SecurityContext receiver = CipheredVectors.Receiver(vector);
        byte[] target = new byte[vector.Octets.Length];
        receiver.Open(vector.Octets, target, out _, out _).Should().Be(OperationStatus.Done);

        receiver.Open(vector.Octets, target, out _, out SecurityFault repeated).Should().Be(OperationStatus.InvalidData);
        repeated.Should().Be(new SecurityFault(SecurityFaultKind.CounterRepeated, counter + 1, counter));
        receiver.Counters.Receive.Accept(counter + 5);
        receiver.Counters.BroadcastReceive!.Accept(counter + 5);
        if (CipheredTags.TryGetForm((ApduTag)vector.Octets[0], out CipheringForm form)
            && form is CipheringForm.ServiceSpecificDedicated or CipheringForm.GeneralDedicated)
        {
            TakeLater(receiver, vector, form, 5);
        }

        receiver.Open(vector.Octets, target, out _, out SecurityFault lowered).Should().Be(OperationStatus.InvalidData);
        lowered.Should().Be(new SecurityFault(SecurityFaultKind.CounterLowered, counter + 6, counter));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_truncation_and_every_flipped_bit_is_answered_with_a_fault_or_an_APDU_and_never_throws(string name)
    {
        TestVector vector = CipheredVectors.Named(name);
        const int longOctets = 500;
        int step = vector.Octets.Length > longOctets ? 37 : 1;
        byte[] target = new byte[vector.Octets.Length + 16];
        for (int length = 0; length < vector.Octets.Length; length += step)
        {
            using SecurityContext receiver = CipheredVectors.Receiver(vector);
            OperationStatus status = receiver.Open(vector.Octets.AsSpan(0, length), target, out _, out SecurityFault fault);

            status.Should().Be(OperationStatus.NeedMoreData, $"{length} octets");
            fault.Codec.Kind.Should().Be(CodecFaultKind.Truncated);
        }

        for (int bit = 0; bit < vector.Octets.Length * 8; bit += step)
        {
            using SecurityContext receiver = CipheredVectors.Receiver(vector);
            byte[] damaged = [.. vector.Octets];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));

            OperationStatus status = receiver.Open(damaged, target, out OpenedApdu opened, out SecurityFault fault);

            (status == OperationStatus.Done).Should().Be(fault.Kind == SecurityFaultKind.None, $"bit {bit}: {fault}");
            bool isOtherDirection = damaged[0] != vector.Octets[0];
            if (CipheredVectors.Control(vector).IsAuthenticated && !isOtherDirection)
            {
                status.Should().NotBe(OperationStatus.Done, $"bit {bit}");
                opened.Apdu.IsEmpty.Should().BeTrue();
            }
        }
    }

    [Fact]
    public void Both_sides_talk_in_every_form()
    {
        using SecurityContext client = Make(ClientTitle, ServerTitle);
        using SecurityContext server = Make(ServerTitle, ClientTitle);
        client.UseDedicatedKey(Dedicated);
        server.UseDedicatedKey(Dedicated);
        foreach (CipheringForm form in Enum.GetValues<CipheringForm>())
        {
            byte[] line = new byte[100];
            byte[] target = new byte[100];

            client.Seal(form, Get, line, out int written, out SecurityFault fault).Should().Be(OperationStatus.Done, fault.ToString());
            server.Open(line.AsSpan(0, written), target, out OpenedApdu opened, out fault)
                .Should().Be(OperationStatus.Done, fault.ToString());

            opened.Form.Should().Be(form);
            opened.Apdu.ShouldBeHex(Convert.ToHexString(Get));
            line.AsSpan(0, written).IndexOf(Get.AsSpan(3)).Should().Be(-1, "it is enciphered");
        }

        client.Counters.Send.Next.Should().Be(4);
        server.Counters.Receive.Last.Should().Be(2, "the dedicated key has a counter of its own");
    }

    [Fact]
    public void What_follows_the_wrapper_is_left_alone()
    {
        TestVector vector = CipheredVectors.Named("glo-get-auth-enc");
        using SecurityContext receiver = CipheredVectors.Receiver(vector);

        receiver.Open([.. vector.Octets, 1, 2, 3], new byte[100], out OpenedApdu opened, out _).Should().Be(OperationStatus.Done);

        opened.ConsumedOctets.Should().Be(vector.Octets.Length);
    }

    [Theory]
    [InlineData("C001C100080000010000FF0200", SecurityFaultKind.NotCiphered)]
    [InlineData("DD0102030405", SecurityFaultKind.WrapperNotSupported)]
    [InlineData("DF0102030405", SecurityFaultKind.WrapperNotSupported)]
    [InlineData("C80430000000", SecurityFaultKind.Malformed)]
    [InlineData("C80530000000FF", SecurityFaultKind.Malformed)]
    [InlineData("DB074142434445464705300000000100", SecurityFaultKind.Malformed)]
    [InlineData("C818B00000000100112233445566778899AABBCCDDEEFF001122", SecurityFaultKind.CompressionNotSupported)]
    [InlineData("C818310000000100112233445566778899AABBCCDDEEFF001122", SecurityFaultKind.SuiteMismatch)]
    [InlineData("C818100000000100112233445566778899AABBCCDDEEFF001122", SecurityFaultKind.ProtectionTooWeak)]
    [InlineData("C818200000000100112233445566778899AABBCCDDEEFF001122", SecurityFaultKind.ProtectionTooWeak)]
    [InlineData("C818000000000100112233445566778899AABBCCDDEEFF001122", SecurityFaultKind.ProtectionTooWeak)]
    [InlineData("C818700000000100112233445566778899AABBCCDDEEFF001122", SecurityFaultKind.KeyMissing)]
    [InlineData("D018300000000100112233445566778899AABBCCDDEEFF001122", SecurityFaultKind.KeyMissing)]
    [InlineData("D018700000000100112233445566778899AABBCCDDEEFF001122", SecurityFaultKind.KeyMissing)]
    [InlineData("C81830FFFFFFFF00112233445566778899AABBCCDDEEFF001122", SecurityFaultKind.CounterExhausted)]
    [InlineData("DB08414243444546474918300000000100112233445566778899AABBCCDDEEFF001122", SecurityFaultKind.TitleMismatch)]
    public void Each_refusal_has_its_kind(string hex, SecurityFaultKind kind)
    {
        using SecurityContext receiver = Make(ClientTitle, ServerTitle);

        receiver.Open(hex.Octets(), new byte[100], out _, out SecurityFault fault).Should().Be(OperationStatus.InvalidData);

        fault.Kind.Should().Be(kind, fault.ToString());
    }

    [Fact]
    public void A_sender_is_learnt_from_its_wrapper_when_the_tag_is_right()
    {
        using SecurityContext server = Make(ServerTitle, ClientTitle);
        using SecurityContext client = Make(ClientTitle, null);
        byte[] line = new byte[100];
        server.Seal(CipheringForm.ServiceSpecificGlobal, Get, line, out int specific, out _);
        client.Open(line.AsSpan(0, specific), new byte[100], out _, out SecurityFault unknown).Should().Be(OperationStatus.InvalidData);

        server.Seal(CipheringForm.GeneralGlobal, Get, line, out int general, out _);
        client.Open(line.AsSpan(0, general), new byte[100], out OpenedApdu opened, out _).Should().Be(OperationStatus.Done);

        unknown.Kind.Should().Be(SecurityFaultKind.TitleUnknown);
        opened.Sender.Should().Be(ServerTitle);
        client.PeerTitle.Should().Be(ServerTitle);
    }

    [Fact]
    public void A_refusal_may_come_in_the_wrapper_of_a_response_and_another_service_may_not()
    {
        using SecurityContext client = Make(ClientTitle, ServerTitle);
        using GcmCipher cipher = new(SecuritySuite.Suite0, Keys().Unicast, Keys().Authentication);
        SecurityControl control = SecurityControl.Create(SecuritySuite.Suite0, SecurityProtection.AuthenticatedEncrypted);
        byte[] Wrapped(byte tag, uint counter, string apdu)
        {
            byte[] content = new byte[60];
            cipher.Protect(control, ServerTitle, counter, apdu.Octets(), content, out int written);
            return [tag, (byte)written, .. content[..written]];
        }

        client.Open(Wrapped(0xCC, 1, "D80102"), new byte[60], out _, out _).Should().Be(OperationStatus.Done);
        client.Open(Wrapped(0xCF, 2, "0E060006"), new byte[60], out _, out _).Should().Be(OperationStatus.Done);
        client.Open(Wrapped(0xCC, 3, "C701C10000"), new byte[60], out _, out SecurityFault other).Should().Be(OperationStatus.InvalidData);
        client.Open(Wrapped(0xC8, 3, "D80102"), new byte[60], out _, out SecurityFault request).Should().Be(OperationStatus.InvalidData);
        client.Open(Wrapped(0xDB - 0xF, 3, ""), new byte[60], out _, out SecurityFault empty).Should().Be(OperationStatus.InvalidData);

        other.Should().Be(new SecurityFault(SecurityFaultKind.InnerTagMismatch, 0xC4, 0xC7));
        request.Kind.Should().Be(SecurityFaultKind.InnerTagMismatch);
        empty.Kind.Should().Be(SecurityFaultKind.InnerTagMismatch);
        client.Counters.Receive.Last.Should().Be(2);
    }

    [Fact]
    public void Nothing_that_is_not_sent_uses_up_a_counter()
    {
        using SecurityContext client = Make(ClientTitle, ServerTitle);

        client.Seal(CipheringForm.ServiceSpecificGlobal, Get, new byte[10], out int written, out _)
            .Should().Be(OperationStatus.DestinationTooSmall);
        client.Seal(CipheringForm.ServiceSpecificGlobal, "0F00000001000600000001".Octets(), new byte[99], out _, out SecurityFault none)
            .Should().Be(OperationStatus.InvalidData);
        client.Seal(CipheringForm.ServiceSpecificGlobal, [], new byte[99], out _, out SecurityFault empty)
            .Should().Be(OperationStatus.InvalidData);
        client.Seal(CipheringForm.ServiceSpecificDedicated, Get, new byte[99], out _, out SecurityFault missing)
            .Should().Be(OperationStatus.InvalidData);
        client.Seal(CipheringForm.GeneralGlobal, Get, new byte[99], out _, out SecurityFault broadcast, isBroadcast: true)
            .Should().Be(OperationStatus.InvalidData);

        written.Should().Be(0);
        none.Kind.Should().Be(SecurityFaultKind.NoWrapper);
        empty.Kind.Should().Be(SecurityFaultKind.NoWrapper);
        missing.Kind.Should().Be(SecurityFaultKind.KeyMissing);
        broadcast.Kind.Should().Be(SecurityFaultKind.KeyMissing);
        client.Counters.Send.Next.Should().Be(0);
    }

    [Fact]
    public void A_used_up_key_sends_nothing_more()
    {
        using SecurityContext client = Make(ClientTitle, ServerTitle, firstCounter: SendCounter.Exhausted);

        client.Seal(CipheringForm.GeneralGlobal, Get, new byte[99], out _, out SecurityFault fault)
            .Should().Be(OperationStatus.InvalidData);

        fault.Kind.Should().Be(SecurityFaultKind.CounterExhausted);
    }

    [Fact]
    public void A_data_notification_goes_in_a_general_wrapper()
    {
        CipheredTags.TryGetWrapper((byte)ApduTag.DataNotification, CipheringForm.GeneralDedicated, out ApduTag wrapper).Should().BeTrue();
        CipheredTags.TryGetWrapper((byte)ApduTag.DataNotification, CipheringForm.ServiceSpecificDedicated, out _).Should().BeFalse();
        CipheredTags.TryGetForm(ApduTag.GeneralSigning, out _).Should().BeFalse();
        CipheredTags.TryGetForm((ApduTag)0xCE, out _).Should().BeFalse();

        wrapper.Should().Be(ApduTag.GeneralDedCiphering);
    }

    [Fact]
    public void A_dedicated_key_ends_with_its_association()
    {
        using SecurityContext client = Make(ClientTitle, ServerTitle);
        using SecurityContext server = Make(ServerTitle, ClientTitle);
        byte[] line = new byte[100];
        client.UseDedicatedKey(Dedicated);
        server.UseDedicatedKey(Dedicated);
        client.Seal(CipheringForm.ServiceSpecificDedicated, Get, line, out int written, out _);
        server.HasDedicatedKey.Should().BeTrue();

        server.UseDedicatedKey(null);

        server.HasDedicatedKey.Should().BeFalse();
        server.Open(line.AsSpan(0, written), new byte[100], out _, out SecurityFault fault).Should().Be(OperationStatus.InvalidData);
        fault.Kind.Should().Be(SecurityFaultKind.KeyMissing);
    }

    private static GlobalKeys Keys() => new(
        CipherKey.Create("000102030405060708090A0B0C0D0E0F".Octets()), CipherKey.Create("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF".Octets()));

    /// <summary>Lets the receiver take the vector's APDU once more under a later counter.</summary>
    private static void TakeLater(SecurityContext receiver, TestVector vector, CipheringForm form, uint later)
    {
        using SecurityContext sender = CipheredVectors.Sender(vector);
        byte[] line = new byte[vector.Octets.Length];
        for (uint step = 0; step <= later; step++)
        {
            sender.Seal(form, vector.Fields.Text("plaintext").Octets(), line, out _, out _).Should().Be(OperationStatus.Done);
        }

        receiver.Open(line, new byte[line.Length], out _, out SecurityFault fault).Should().Be(OperationStatus.Done, fault.ToString());
    }

    private static SecurityContext Make(SystemTitle own, SystemTitle? peer, uint firstCounter = 0) => new(
        SecuritySuite.Suite0, own, Keys(), new SecurityCounters(new SendCounter(firstCounter, new CounterMemory()), new ReceiveCounter()))
    {
        PeerTitle = peer,
    };
}
