using System.Security.Cryptography;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Acse;

/// <summary>HLS with a method of the manufacturer, handed in: nothing about it is standardised.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, authentication mechanism 2. <see cref="AesEcb"/> is what many meters do, as this harness's DLMS guide says.
/// </remarks>
/// <param name="compute">The method.</param>
public sealed class ManufacturerHls(ManufacturerHls.Compute compute) : ComputedHls
{
    private const int BlockOctets = 16;

    /// <summary>Computes a proof.</summary>
    /// <param name="pass">The challenge and what else may go in.</param>
    /// <param name="target">Where the proof goes, <see cref="IHlsMechanism.MaximumProofOctets"/> octets.</param>
    /// <returns>How many octets the proof has; 0 when it cannot be computed over such a challenge.</returns>
    public delegate int Compute(in HlsPass pass, Span<byte> target);

    /// <inheritdoc/>
    public override AuthenticationMechanism Mechanism => AuthenticationMechanism.HighLevelManufacturer;

    /// <summary>The method to encipher the challenge with AES in ECB mode, the secret being the key; a whole number of blocks.</summary>
    /// <param name="key">The secret.</param>
    public static ManufacturerHls AesEcb(CipherKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new ManufacturerHls((in pass, target) =>
        {
            bool isWhole = pass.Challenge.Length is > 0 and <= IHlsMechanism.MaximumProofOctets && pass.Challenge.Length % BlockOctets == 0;
            if (!isWhole)
            {
                return 0;
            }

            using Aes aes = Aes.Create();
            aes.SetKey(key.Reveal());
            return aes.EncryptEcb(pass.Challenge, target, PaddingMode.None);
        });
    }

    private protected override bool TryCompute(in HlsPass pass, scoped ref Span<byte> proof, out SecurityFault fault)
    {
        if (!HlsChallenge.TryCheck(pass.Challenge, default, out fault))
        {
            return false;
        }

        int octets = compute(pass, proof);
        bool isComputed = octets is > 0 and <= IHlsMechanism.MaximumProofOctets;
        proof = proof[..(isComputed ? octets : 0)];
        fault = isComputed ? SecurityFault.None : new(SecurityFaultKind.MechanismNotSupported, Actual: pass.Challenge.Length);
        return isComputed;
    }
}
