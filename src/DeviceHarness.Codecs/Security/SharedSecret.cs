using System.Text;

namespace DeviceHarness.Codecs.Security;

/// <summary>What both sides of an association know: the password of LLS, or the secret of an HLS mechanism.</summary>
/// <remarks>Spec: IEC 62056-6-2, association class 15, secret.</remarks>
public sealed class SharedSecret : SecretOctets
{
    /// <summary>The most octets of a secret.</summary>
    public const int MaximumOctets = 64;

    private SharedSecret(ReadOnlySpan<byte> octets)
        : base(octets)
    {
    }

    /// <summary>Makes a secret.</summary>
    /// <param name="octets">1 to <see cref="MaximumOctets"/> octets.</param>
    /// <exception cref="ArgumentException">The length is another; the text names only the length.</exception>
    public static SharedSecret Create(ReadOnlySpan<byte> octets) => octets.Length is > 0 and <= MaximumOctets
        ? new SharedSecret(octets)
        : throw new ArgumentException($"a secret has 1 to {MaximumOctets} octets, not {octets.Length}", nameof(octets));

    /// <summary>Makes a secret of a text.</summary>
    /// <param name="text">Sent as UTF-8; 1 to <see cref="MaximumOctets"/> octets.</param>
    /// <exception cref="ArgumentException">The length is another; the text names only the length.</exception>
    public static SharedSecret OfText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Create(Encoding.UTF8.GetBytes(text));
    }
}
