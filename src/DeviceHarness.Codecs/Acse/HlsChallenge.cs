using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Acse;

/// <summary>The challenges of HLS: CtoS in the AARQ, StoC in the AARE.</summary>
/// <remarks>Spec: IEC 62056-5-3, HLS authentication, passes 1 and 2.</remarks>
public static class HlsChallenge
{
    /// <summary>The fewest octets of a challenge.</summary>
    public const int MinimumOctets = 8;

    /// <summary>The most octets of a challenge.</summary>
    public const int MaximumOctets = 64;

    /// <summary>How many octets a challenge has when not told otherwise.</summary>
    public const int DefaultOctets = 16;

    /// <summary>Makes a challenge.</summary>
    /// <param name="random">Where its octets come from; on a real device a cryptographic source.</param>
    /// <param name="octetCount"><see cref="MinimumOctets"/> to <see cref="MaximumOctets"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is another.</exception>
    public static byte[] Create(RandomOctets random, int octetCount = DefaultOctets)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(octetCount, MinimumOctets);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(octetCount, MaximumOctets);
        byte[] challenge = new byte[octetCount];
        random(challenge);
        return challenge;
    }

    /// <summary>Holds a received challenge against the rules.</summary>
    /// <param name="received">What the other side sent.</param>
    /// <param name="sent">What this side sent; empty for a server, which has sent none yet.</param>
    /// <param name="fault">A wrong length, or the same octets as those sent.</param>
    public static bool TryCheck(ReadOnlySpan<byte> received, ReadOnlySpan<byte> sent, out SecurityFault fault)
    {
        fault = received.Length is < MinimumOctets or > MaximumOctets
            ? new(SecurityFaultKind.ChallengeLength, MinimumOctets, received.Length)
            : received.SequenceEqual(sent) ? new(SecurityFaultKind.ChallengeRepeated) : SecurityFault.None;
        return fault.Kind == SecurityFaultKind.None;
    }
}
