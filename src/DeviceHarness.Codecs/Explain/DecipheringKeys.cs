using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Explain;

/// <summary>What is tried on ciphered APDUs, so that the reader need not say which key belongs to which.</summary>
/// <remarks>System titles and dedicated keys that the octets themselves hold are learnt on the way.</remarks>
public sealed class DecipheringKeys
{
    /// <summary>The most keys of each kind, and the most titles, that are tried.</summary>
    public const int MaximumCandidates = 8;

    /// <summary>Makes a set.</summary>
    /// <param name="encryption">Global unicast, global broadcast and dedicated keys; each is tried.</param>
    /// <param name="authentication">Authentication keys; each is tried. Without one an APDU is deciphered, its tag not checked.</param>
    /// <param name="titles">System titles of senders; each is tried.</param>
    /// <exception cref="ArgumentException">There are more than <see cref="MaximumCandidates"/> of a kind.</exception>
    public DecipheringKeys(
        IReadOnlyList<CipherKey> encryption, IReadOnlyList<CipherKey> authentication, IReadOnlyList<SystemTitle> titles)
    {
        ArgumentNullException.ThrowIfNull(encryption);
        ArgumentNullException.ThrowIfNull(authentication);
        ArgumentNullException.ThrowIfNull(titles);
        if (encryption.Count > MaximumCandidates || authentication.Count > MaximumCandidates || titles.Count > MaximumCandidates)
        {
            throw new ArgumentException($"at most {MaximumCandidates} of each kind", nameof(encryption));
        }

        Encryption = encryption;
        Authentication = authentication;
        Titles = titles;
    }

    /// <summary>Global unicast, global broadcast and dedicated keys.</summary>
    public IReadOnlyList<CipherKey> Encryption { get; }

    /// <summary>Authentication keys.</summary>
    public IReadOnlyList<CipherKey> Authentication { get; }

    /// <summary>System titles of senders.</summary>
    public IReadOnlyList<SystemTitle> Titles { get; }
}
