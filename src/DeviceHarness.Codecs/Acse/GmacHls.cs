using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Acse;

/// <summary>HLS with GMAC: the proof is a tag over the challenge with the global unicast key, never with the dedicated one.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, authentication mechanism 5, as this harness's DLMS guide sums it up. The counter inside the proof is taken from the
/// same counter as that of the APDU around it, before it. Not thread safe, as its security context is not.
/// <code>
/// control 1 = 10 and the suite | counter 4 | tag 12 over control, AK, challenge
/// </code>
/// </remarks>
/// <param name="security">The keys, titles and counters of the association.</param>
public sealed class GmacHls(SecurityContext security) : IHlsMechanism
{
    /// <summary>The octets of a proof.</summary>
    public const int ProofOctets = GcmCipher.HeaderOctets + GcmCipher.TagOctets;

    private const string Clause = "IEC 62056-5-3 HLS proof";

    /// <inheritdoc/>
    public AuthenticationMechanism Mechanism => AuthenticationMechanism.HighLevelGmac;

    private SecurityControl Control => SecurityControl.Create(security.Suite, SecurityProtection.Authenticated);

    /// <inheritdoc/>
    public OperationStatus Prove(in HlsPass pass, Span<byte> target, out int writtenOctets, out SecurityFault fault)
    {
        writtenOctets = 0;
        if (!HlsChallenge.TryCheck(pass.Challenge, default, out fault))
        {
            return OperationStatus.InvalidData;
        }

        if (target.Length < ProofOctets)
        {
            return OperationStatus.DestinationTooSmall;
        }

        if (!security.Counters.Send.TryTake(out uint counter))
        {
            fault = new(SecurityFaultKind.CounterExhausted);
            return OperationStatus.InvalidData;
        }

        target[0] = Control.Octet;
        BinaryPrimitives.WriteUInt32BigEndian(target[1..], counter);
        security.Unicast.Authenticate(Control, security.OwnTitle, counter, pass.Challenge, target[GcmCipher.HeaderOctets..]);
        writtenOctets = ProofOctets;
        return OperationStatus.Done;
    }

    /// <inheritdoc/>
    public bool TryCheck(in HlsPass pass, ReadOnlySpan<byte> proof, out SecurityFault fault)
    {
        if (!HlsChallenge.TryCheck(pass.Challenge, default, out fault))
        {
            return false;
        }

        if (proof.Length != ProofOctets)
        {
            fault = SecurityFault.Malformed(new(CodecFaultKind.BadLength, proof.Length, ProofOctets, proof.Length, Clause));
            return false;
        }

        if (security.PeerTitle is not SystemTitle peer)
        {
            fault = new(SecurityFaultKind.TitleUnknown);
            return false;
        }

        uint counter = BinaryPrimitives.ReadUInt32BigEndian(proof[1..]);
        Span<byte> tag = stackalloc byte[GcmCipher.TagOctets];
        security.Unicast.Authenticate(Control, peer, counter, pass.Challenge, tag);
        bool isRight = proof[0] == Control.Octet & CryptographicOperations.FixedTimeEquals(tag, proof[GcmCipher.HeaderOctets..]);
        if (!isRight)
        {
            fault = new(SecurityFaultKind.ProofWrong);
            return false;
        }

        security.Counters.Receive.Heed(peer);
        if (!security.Counters.Receive.TryCheckInner(counter, out fault))
        {
            return false;
        }

        security.Counters.Receive.AcceptInner(counter);
        return true;
    }
}
