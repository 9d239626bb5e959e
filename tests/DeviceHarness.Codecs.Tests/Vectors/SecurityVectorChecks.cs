using System.Buffers;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.TestKit;
using FluentAssertions;

namespace DeviceHarness.Codecs.Tests.Vectors;

/// <summary>Opens protected APDUs of the vector files and makes them again; wraps and unwraps keys; checks proofs and makes them.</summary>
internal static class SecurityVectorChecks
{
    /// <summary>Taken from others and never sent: an exception-response has no ciphered form.</summary>
    private const string RefusalInWrapper = "glo-exception-in-get-response";

    private static readonly SystemTitle Other = new(0x0102030405060708);

    public static void Verify(TestVector vector)
    {
        if (vector.Fields.Has("plaintext"))
        {
            VerifyOpened(vector);
            if (vector.Name != RefusalInWrapper)
            {
                VerifySealed(vector);
            }
        }
        else if (vector.Fields.Has("challenge"))
        {
            VerifyProof(vector, vector.Octets, vector.Fields.Text("challenge").Octets());
        }
        else
        {
            VerifyHeader(vector);
        }

        foreach ((string proof, string challenge) in new[] { ("f_stoc", "stoc"), ("f_ctos", "ctos") })
        {
            if (vector.Fields.Has(proof))
            {
                VerifyProof(vector, vector.Fields.Text(proof).Octets(), vector.Fields.Text(challenge).Octets());
            }
        }
    }

    public static void VerifyKeyWrap(TestVector vector)
    {
        CipherKey kek = CipherKeyOf(vector, "kek");
        byte[] key = vector.Fields.Text("key").Octets();
        byte[] wrapped = new byte[key.Length + AesKeyWrap.OverheadOctets];
        byte[] unwrapped = new byte[key.Length];

        AesKeyWrap.Wrap(kek, key, wrapped, out int wrappedOctets).Should().Be(OperationStatus.Done);
        AesKeyWrap.Unwrap(kek, vector.Octets, unwrapped, out int keyOctets, out SecurityFault fault).Should().Be(OperationStatus.Done);

        wrappedOctets.Should().Be(wrapped.Length);
        keyOctets.Should().Be(key.Length);
        fault.Should().Be(SecurityFault.None);
        wrapped.ShouldBeHex(Convert.ToHexString(vector.Octets));
        unwrapped.ShouldBeHex(Convert.ToHexString(key));
    }

    private static void VerifyOpened(TestVector vector)
    {
        using SecurityContext receiver = CipheredVectors.Receiver(vector);
        byte[] target = new byte[vector.Octets.Length];

        receiver.Open(vector.Octets, target, out OpenedApdu opened, out SecurityFault fault)
            .Should().Be(OperationStatus.Done, fault.ToString());

        fault.Should().Be(SecurityFault.None);
        opened.Apdu.ShouldBeHex(vector.Fields.Text("plaintext"));
        $"{(byte)opened.Wrapper:X2}".Should().Be(vector.Fields.Text("tag"));
        opened.Control.Should().Be(CipheredVectors.Control(vector));
        opened.Counter.Should().Be(CipheredVectors.Counter(vector));
        opened.Sender.Should().Be(CipheredVectors.Title(vector));
        opened.ConsumedOctets.Should().Be(vector.Octets.Length);
    }

    private static void VerifySealed(TestVector vector)
    {
        using SecurityContext sender = CipheredVectors.Sender(vector);
        CipheredApdu.Decode(vector.Octets, out CipheredApdu wrapped, out _, out _);
        CipheredTags.TryGetForm(wrapped.Tag, out CipheringForm form).Should().BeTrue();
        byte[] apdu = vector.Fields.Text("plaintext").Octets();
        byte[] target = new byte[apdu.Length + SecurityContext.MaximumOverheadOctets];
        bool isBroadcast = CipheredVectors.Control(vector).IsBroadcast;

        sender.Seal(form, apdu, target, out int written, out SecurityFault fault, isBroadcast).Should().Be(OperationStatus.Done);

        fault.Should().Be(SecurityFault.None);
        bool hasEmptyTitle = form == CipheringForm.GeneralGlobal && wrapped.SystemTitle.IsEmpty;
        string expected = Convert.ToHexString(vector.Octets);
        target[..written].ShouldBeHex(hasEmptyTitle ? $"DB08{sender.OwnTitle}{expected[4..]}" : expected);
    }

    private static void VerifyHeader(TestVector vector)
    {
        CipheredApdu.Decode(vector.Octets, out CipheredApdu wrapped, out int consumed, out _).Should().Be(OperationStatus.Done);
        byte[] again = new byte[consumed];

        CipheredApdu.Encode(wrapped, again, out int written).Should().Be(OperationStatus.Done);

        written.Should().Be(vector.Octets.Length);
        again.ShouldBeHex(Convert.ToHexString(vector.Octets));
        $"{wrapped.InvocationCounter:X8}".Should().Be(vector.Fields.Text("invocation_counter"));
        wrapped.SystemTitle.IsEmpty.Should().Be(vector.Fields.Text("system_title").StartsWith("absent", StringComparison.Ordinal));
        new SecurityControl(wrapped.SecurityControl!.Value).ToString().Should().Be("30 suite 0, authenticated, encrypted");
    }

    private static void VerifyProof(TestVector vector, byte[] proof, byte[] challenge)
    {
        uint counter = Convert.ToUInt32(Convert.ToHexString(proof, 1, 4), 16);
        HlsPass pass = new() { Challenge = challenge };
        byte[] made = new byte[GmacHls.ProofOctets];
        using SecurityContext prover = Context(vector, CipheredVectors.Title(vector), counter);
        using SecurityContext verifier = Context(vector, Other, 0);
        verifier.PeerTitle = prover.OwnTitle;

        new GmacHls(prover).Prove(pass, made, out int written, out SecurityFault fault).Should().Be(OperationStatus.Done, fault.ToString());
        bool isTaken = new GmacHls(verifier).TryCheck(pass, proof, out fault);

        isTaken.Should().BeTrue(fault.ToString());
        made[..written].ShouldBeHex(Convert.ToHexString(proof));
        verifier.Counters.Receive.Last.Should().Be(counter);
    }

    private static SecurityContext Context(TestVector vector, SystemTitle own, uint nextCounter) => new(
        SecuritySuite.Suite0,
        own,
        new GlobalKeys(CipherKeyOf(vector, "encryption_key"), CipherKeyOf(vector, "authentication_key")),
        new SecurityCounters(new SendCounter(nextCounter, new CounterMemory()), new ReceiveCounter()));

    private static CipherKey CipherKeyOf(TestVector vector, string field) => CipheredVectors.Key(vector, field);
}
