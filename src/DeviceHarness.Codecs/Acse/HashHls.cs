using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Acse;

/// <summary>HLS with a hash over challenge and secret.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, authentication mechanisms 3, 4 and 6, as this harness's DLMS guide sums it up. Thread safe.
/// <code>
/// 3   MD5(challenge, secret)
/// 4   SHA-1(challenge, secret)
/// 6   SHA-256(secret, prover's title, verifier's title, challenge, prover's own challenge)
/// </code>
/// </remarks>
public sealed class HashHls : ComputedHls
{
    private const int LongestInputOctets =
        SharedSecret.MaximumOctets + (2 * SystemTitle.OctetCount) + (2 * HlsChallenge.MaximumOctets);

    private readonly SharedSecret _secret;

    private HashHls(AuthenticationMechanism mechanism, SharedSecret secret)
    {
        Mechanism = mechanism;
        _secret = secret;
    }

    /// <inheritdoc/>
    public override AuthenticationMechanism Mechanism { get; }

    /// <summary>Makes the mechanism.</summary>
    /// <param name="mechanism">MD5, SHA-1 or SHA-256.</param>
    /// <param name="secret">The secret of the association.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mechanism is another.</exception>
    public static HashHls Create(AuthenticationMechanism mechanism, SharedSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return mechanism is AuthenticationMechanism.HighLevelMd5 or AuthenticationMechanism.HighLevelSha1
            or AuthenticationMechanism.HighLevelSha256
            ? new HashHls(mechanism, secret)
            : throw new ArgumentOutOfRangeException(nameof(mechanism), mechanism, "MD5, SHA-1 or SHA-256");
    }

    private protected override bool TryCompute(in HlsPass pass, scoped ref Span<byte> proof, out SecurityFault fault)
    {
        if (!HlsChallenge.TryCheck(pass.Challenge, default, out fault))
        {
            return false;
        }

        Span<byte> input = stackalloc byte[LongestInputOctets];
        int length = 0;
        if (Mechanism == AuthenticationMechanism.HighLevelSha256)
        {
            if (!HlsChallenge.TryCheck(pass.ProverChallenge, pass.Challenge, out fault))
            {
                return false;
            }

            if (pass.ProverTitle is not SystemTitle prover || pass.VerifierTitle is not SystemTitle verifier)
            {
                fault = new(SecurityFaultKind.TitleUnknown);
                return false;
            }

            Append(input, ref length, _secret.Reveal());
            prover.CopyTo(input[length..]);
            verifier.CopyTo(input[(length + SystemTitle.OctetCount)..]);
            length += 2 * SystemTitle.OctetCount;
            Append(input, ref length, pass.Challenge);
            Append(input, ref length, pass.ProverChallenge);
        }
        else
        {
            Append(input, ref length, pass.Challenge);
            Append(input, ref length, _secret.Reveal());
        }

        int octets = Hash(input[..length], proof);
        proof = proof[..octets];
        input.Clear();
        return true;
    }

    [SuppressMessage("Security", "CA5350", Justification = "Mechanism 4 is SHA-1; the meters under test have no other.")]
    [SuppressMessage("Security", "CA5351", Justification = "Mechanism 3 is MD5; the meters under test have no other.")]
    private int Hash(ReadOnlySpan<byte> input, Span<byte> proof) => Mechanism switch
    {
        AuthenticationMechanism.HighLevelMd5 => MD5.HashData(input, proof),
        AuthenticationMechanism.HighLevelSha1 => SHA1.HashData(input, proof),
        _ => SHA256.HashData(input, proof),
    };

    private static void Append(Span<byte> input, ref int length, ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(input[length..]);
        length += octets.Length;
    }
}
